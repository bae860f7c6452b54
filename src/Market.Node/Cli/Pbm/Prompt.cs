namespace Market.Node.Cli.Pbm;

/// <summary>Takes one line after the other: from a person's keyboard, or from a file or pipe.</summary>
/// <param name="pbm">The verb whose verbs can be typed.</param>
public sealed class Prompt(Inspection look, Verb pbm)
{
    private const string Sign = "pbm> ";

    /// <summary>How often it is looked whether a key ends what is shown live, in ms.</summary>
    private const int KeyLookMs = 50;

    private static readonly string[] Endings = ["exit", "quit"];

    // What was said before the prompt holds for every line: the node, the token.
    private readonly string[] _given = [.. look.Call.Parsed.Tokens.Select(token => token.Value).SkipWhile(word => word != PbmVerb.Name).Skip(1)];

    private Surroundings Around => look.Call.Around;

    public Task<int> RunAsync(CancellationToken cancel) => Around.Keyboard is { } keyboard ? AskAsync(keyboard, cancel) : ReadAsync(cancel);

    /// <returns>The first exit code that was not 0.</returns>
    private async Task<int> ReadAsync(CancellationToken cancel)
    {
        var first = ExitCode.Done;
        while (await Around.In.ReadLineAsync(cancel) is { } line)
        {
            if (Endings.Contains(line.Trim())) { break; }
            var code = await LineAsync(line, cancel);
            if (first == ExitCode.Done) { first = code; }
        }
        return first;
    }

    private async Task<int> AskAsync(IKeyboard keyboard, CancellationToken cancel)
    {
        look.Terminal.Say($"At {look.Call.Node.Node}. Tab completes, help helps, exit ends; what is shown live ends with q.");
        using var taken = keyboard.Take();
        var editor = new LineEditor(keyboard, Around.Out, Sign, new Completion(pbm, ChildrenAsync).OfAsync, () => Console.IsOutputRedirected ? 80 : Console.WindowWidth);
        while (!cancel.IsCancellationRequested && await editor.ReadAsync() is { } line && !Endings.Contains(line.Trim()))
        {
            using var ended = CancellationTokenSource.CreateLinkedTokenSource(cancel);
            var running = LineAsync(line, ended.Token);
            await UntilKeyAsync(keyboard, running, ended);
            await running;
        }
        return ExitCode.Done;
    }

    /// <summary>While a line runs q, Escape and Ctrl-C end it; other keys are for the next line, and lost.</summary>
    private static async Task UntilKeyAsync(IKeyboard keyboard, Task running, CancellationTokenSource ended)
    {
        while (!running.IsCompleted)
        {
            if (keyboard.HasKey && keyboard.Read() is { Key: ConsoleKey.Q or ConsoleKey.Escape or ConsoleKey.C })
            {
                await ended.CancelAsync();
                return;
            }
            await Task.WhenAny(running, Task.Delay(KeyLookMs, CancellationToken.None));
        }
    }

    private async Task<int> LineAsync(string line, CancellationToken cancel)
    {
        var words = Words.Of(line);
        if (words.Count == 0 || words[0].StartsWith('#')) { return ExitCode.Done; }
        if (words[0].StartsWith('-'))
        {
            look.Terminal.Say("A line begins with a verb; help lists them.");
            return ExitCode.WrongUsage;
        }
        return await PbmVerb.RunAsync(Around, [.. _given, .. words], cancel);
    }

    private async Task<IReadOnlyList<string>> ChildrenAsync(string path)
    {
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(2));
        try
        {
            var answer = await look.LookAsync("actors", patience.Token, ("path", path), ("limit", 100));
            return [.. answer.Rows("actors").Select(child => child.Number("children") > 0 ? $"{child.Cell("path")}/" : child.Cell("path"))];
        }
        catch (OperationCanceledException)
        {
            return [];
        }
    }
}
