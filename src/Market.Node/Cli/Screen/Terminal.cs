using System.Text.Json;
using System.Text.Json.Serialization;
using Market.Node.Cli.Client;
using Spectre.Console;
using Spectre.Console.Rendering;

namespace Market.Node.Cli.Screen;

/// <summary>
/// Where a verb writes: people's text with markup, or one JSON value a line. Everything that strangers wrote goes through
/// <see cref="Show"/>, which also takes out the secrets this run was given.
/// </summary>
public sealed class Terminal
{
    private const int WidthOfFiles = 100_000;

    /// <summary>Shorter words are no secrets: hiding them would hide the rest.</summary>
    private const int MinSecretLength = 4;

    private static readonly JsonSerializerOptions ProblemOptions = new(JsonSerializerDefaults.Web) { DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull };

    private readonly Surroundings _around;
    private readonly List<string> _secrets = [];

    public Terminal(Surroundings around, bool json)
    {
        _around = around;
        Json = json;
        Console = NewConsole(around);
    }

    /// <summary>Answers are JSON; nothing else is written to standard output.</summary>
    public bool Json { get; }

    /// <summary>Whether tables can be drawn over.</summary>
    public bool IsLive => _around.OutIsTerminal && !Json && Console.Profile.Capabilities.Ansi;

    /// <summary>For what is drawn rather than written.</summary>
    public IAnsiConsole Console { get; }

    /// <summary>From now on this is never shown.</summary>
    public void Hide(string secret)
    {
        if (secret.Length >= MinSecretLength) { _secrets.Add(secret); }
    }

    /// <summary>Text of strangers as markup: harmless, and without secrets.</summary>
    public string Show(string? text) => Markup.Escape(Harmless(text));

    /// <summary>A line of markup.</summary>
    public void Line(string markup) => Console.MarkupLine(markup);

    /// <summary>A line as it stands, never broken: for what is copied.</summary>
    public void Copyable(string line) => _around.Out.WriteLine(line);

    public void Draw(IRenderable drawing) => Console.Write(drawing);

    /// <summary>One JSON value on one line; what is not ASCII is escaped in it, so that it is harmless too.</summary>
    public void Write(JsonElement json) => _around.Out.WriteLine(json.ValueKind is JsonValueKind.Undefined ? "{}" : JsonSerializer.Serialize(json));

    /// <summary>News and complaints, on standard error.</summary>
    public void Say(string text) => _around.Error.WriteLine(Harmless(text));

    /// <summary>What kept a verb from being done, said to people, and as JSON when that is asked for.</summary>
    /// <param name="title">Its name for programs.</param>
    public void Tell(string title, string detail)
    {
        Say(detail);
        if (Json) { Write(JsonSerializer.SerializeToElement(new { title, detail = WithoutSecrets(detail) })); }
    }

    /// <summary>A problem the node answered with, said to people, and as JSON when that is asked for.</summary>
    public void Tell(NodeProblem problem)
    {
        var code = problem.Code is { } number ? $" ({number})" : "";
        var wait = problem.RetryAfterMs is { } ms ? $" Come back in {Math.Ceiling(ms / 1000.0):0} s." : "";
        Say($"{problem.Name}{code}: {problem.Detail ?? "no reason was given."}{wait}");
        if (Json) { Write(JsonSerializer.SerializeToElement(Harmless(problem), ProblemOptions)); }
    }

    private NodeProblem Harmless(NodeProblem problem) => problem with
    {
        Title = WithoutSecrets(problem.Title),
        Detail = WithoutSecrets(problem.Detail),
        StatusName = WithoutSecrets(problem.StatusName),
    };

    private string Harmless(string? text) => VisibleText.Of(WithoutSecrets(text));

    private string? WithoutSecrets(string? text) =>
        text is null ? null : _secrets.Aggregate(text, (shown, secret) => shown.Replace(secret, "***", StringComparison.Ordinal));

    private static IAnsiConsole NewConsole(Surroundings around)
    {
        var dumb = around.Set("TERM") == "dumb";
        var ansi = around.OutIsTerminal && !dumb;
        var console = AnsiConsole.Create(new AnsiConsoleSettings
        {
            Out = new AnsiConsoleOutput(around.Out),
            Ansi = ansi ? AnsiSupport.Yes : AnsiSupport.No,
            ColorSystem = ansi && around.Set("NO_COLOR") is null ? Colours(around) : ColorSystemSupport.NoColors,
            Interactive = InteractionSupport.No,
            Enrichment = new ProfileEnrichment { UseDefaultEnrichers = false },
        });
        console.Profile.Capabilities.Unicode = !dumb;
        if (!around.OutIsTerminal) { console.Profile.Width = WidthOfFiles; }
        return console;
    }

    private static ColorSystemSupport Colours(Surroundings around)
    {
        if (around.Set("COLORTERM") is "truecolor" or "24bit") { return ColorSystemSupport.TrueColor; }
        return around.Set("TERM")?.Contains("256", StringComparison.Ordinal) == true ? ColorSystemSupport.EightBit : ColorSystemSupport.Standard;
    }
}
