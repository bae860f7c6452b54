using Market.Node.Cli.Given;
using Market.Protocol.Values;

namespace Market.Node.Cli;

/// <summary>What can be taken out of a journal.</summary>
public enum ExportSubject
{
    Board,
    Prices,
    Events,
    Gibbs,
}

/// <summary>How it is written.</summary>
public enum ExportFormat
{
    Csv,

    /// <summary>One JSON value a line.</summary>
    JsonLines,
}

/// <summary>What <c>export</c> was told.</summary>
/// <param name="DataFolder">Of a node; default <c>./data</c>.</param>
/// <param name="Format">Unless said: <see cref="ExportFormat.JsonLines"/> for events, which differ from line to line; <see cref="ExportFormat.Csv"/> for the rest.</param>
/// <param name="OutFile">Null for standard output.</param>
public sealed record ExportOptions(string DataFolder, ExportSubject Subject, MarketId Market, ExportFormat Format, string? OutFile)
{
    /// <summary>Name of the cluster whose journal is read; null for the one in the data folder.</summary>
    public string? Cluster { get; init; }
}

/// <summary><c>export</c>: a journal's board, prices, events or gibbs as a table or JSON lines.</summary>
public static class ExportVerb
{
    public static Verb Of(Func<ExportOptions, CancellationToken, Task<int>> export)
    {
        var verb = new Verb("export", "Write the board, prices, events or gibbs of a journal.",
            "monkonomy export --data ./data --what board --format csv --out board.csv", "monkonomy export --what events --market banana");
        var data = verb.With(Typed.Folder("--data", "A node's data folder (default: ./data)."));
        var cluster = verb.With(ClusterFlag.New());
        var what = verb.With(Typed.OneOf("--what", "What to write.", Subjects));
        what.Required = true;
        var market = verb.With(Typed.Market());
        var format = verb.With(Typed.OneOf("--format", "How (default: jsonl for events, csv for the rest).", Formats));
        var json = verb.With(ClientFlags.NewJson("The same as --format jsonl."));
        var file = verb.With(Typed.File("--out", "Where to (default: standard output)."));
        verb.Validators.Add(given =>
        {
            if (given.GetValue(json) && given.GetValue(format) is ExportFormat.Csv) { given.AddError("--json and --format csv exclude each other."); }
        });
        verb.SetAction((parsed, cancel) =>
        {
            var subject = parsed.GetValue(what)!.Value;
            var usual = parsed.GetValue(json) || subject is ExportSubject.Events ? ExportFormat.JsonLines : ExportFormat.Csv;
            return export(new ExportOptions(
                parsed.GetValue(data) ?? "data", subject, parsed.GetValue(market), parsed.GetValue(format) ?? usual, parsed.GetValue(file)) { Cluster = parsed.GetValue(cluster) }, cancel);
        });
        return verb;
    }

    private static readonly Dictionary<string, ExportSubject> Subjects = new()
    {
        ["board"] = ExportSubject.Board,
        ["prices"] = ExportSubject.Prices,
        ["events"] = ExportSubject.Events,
        ["gibbs"] = ExportSubject.Gibbs,
    };

    private static readonly Dictionary<string, ExportFormat> Formats = new() { ["csv"] = ExportFormat.Csv, ["jsonl"] = ExportFormat.JsonLines };
}
