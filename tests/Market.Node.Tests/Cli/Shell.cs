using System.Text.Json;
using Market.Node.Cli;

namespace Market.Node.Tests.Cli;

/// <summary>What a verb left behind.</summary>
public sealed record Ran(int Exit, string Out, string Error)
{
    /// <summary>Each line of standard output as JSON; fails when one is not.</summary>
    public IReadOnlyList<JsonElement> Json => [.. Lines.Select(line => JsonDocument.Parse(line).RootElement)];

    public IReadOnlyList<string> Lines => Out.Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);

    public string All => Out + Error;
}

/// <summary>Types command lines in this process, with captured output, its own environment and folder.</summary>
public sealed class Shell : IDisposable
{
    private readonly Dictionary<string, string> _variables = [];

    public string Folder { get; } = Directory.CreateTempSubdirectory("monkonomy-cli").FullName;

    /// <summary>Whether the output is looked at by a person.</summary>
    public bool OutIsTerminal { get; set; }

    /// <summary>What a person answers when asked; null when nobody can be asked.</summary>
    public string? Typed { get; set; }

    public NodeVerbs Node { get; set; } = new() { Run = (_, _) => Task.FromResult(ExitCode.Done) };

    public Shell With(string variable, string value)
    {
        _variables[variable] = value;
        return this;
    }

    public Shell At(NodeDouble node) => With("MARKET_NODE", node.Url);

    public Task<Ran> RunAsync(params string[] args) => RunAsync(CancellationToken.None, args);

    public async Task<Ran> RunAsync(CancellationToken cancel, params string[] args)
    {
        var output = new StringWriter();
        var error = new StringWriter();
        var exit = await CommandLine.RunAsync(args, Node, Around(output, error), cancel);
        return new Ran(exit, output.ToString(), error.ToString());
    }

    public Surroundings Around(TextWriter output, TextWriter error) => new()
    {
        Out = output,
        Error = error,
        In = new StringReader(Typed ?? ""),
        InIsTerminal = Typed is not null,
        OutIsTerminal = OutIsTerminal,
        Variable = name => _variables.GetValueOrDefault(name),
        Folder = Folder,
        FirstRetry = TimeSpan.FromMilliseconds(5),
    };

    public string Write(string file, string text)
    {
        var path = Path.Combine(Folder, file);
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        File.WriteAllText(path, text);
        return path;
    }

    public void Dispose() => Directory.Delete(Folder, recursive: true);
}
