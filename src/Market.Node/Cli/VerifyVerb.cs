using System.CommandLine;
using Market.Node.Cli.Given;
using Market.Protocol.Values;

namespace Market.Node.Cli;

/// <summary>What <c>verify</c> was told.</summary>
/// <param name="DataFolder">Of a node; default <c>./data</c>.</param>
/// <param name="Market">Null for every market in it.</param>
/// <param name="Json">The report as JSON.</param>
public sealed record VerifyOptions(string DataFolder, MarketId? Market, bool Json)
{
    /// <summary>Answers that clients wrote down, to be compared with the journal instead of auditing it; null for the audit.</summary>
    public string? ToldFile { get; init; }

    /// <summary>Name of the cluster whose journal is read; null for the one in the data folder.</summary>
    public string? Cluster { get; init; }

    /// <summary>Where to copy what is sound; null to copy nothing.</summary>
    public string? RepairTo { get; init; }

    /// <summary>Only says what a repair would do.</summary>
    public bool DryRun { get; init; }
}

/// <summary><c>verify</c>: reads a journal from nothing and checks what must always hold.</summary>
public static class VerifyVerb
{
    public static Verb Of(Func<VerifyOptions, CancellationToken, Task<int>> verify)
    {
        var verb = new Verb("verify", "Replay a journal and check that money, shares, answers and scores add up.",
            "monkonomy verify --data ./data --market banana", "monkonomy verify --data ./data --repair ./repaired --dry-run", "monkonomy verify --data ./data --told answers.jsonl", "monkonomy verify --cluster monkonomy")
        {
            Notes =
            [
                "--repair keeps each stream up to its last sound turn, and no further than what the shards sent each other allows. The data folder is only read.",
            ],
        };
        var data = verb.With(Typed.Folder("--data", "A node's data folder (default: ./data)."));
        var cluster = verb.With(ClusterFlag.New());
        var market = verb.With(Typed.MarketOrAll());
        var json = verb.With(ClientFlags.NewJson());
        var repair = verb.With(Typed.Folder("--repair", "Copy what is sound into a new data folder."));
        var dryRun = verb.With(new Option<bool>("--dry-run") { Description = "With --repair: only say what would be kept and left out." });
        var told = verb.With(Typed.File("--told", "Compare only: every answer a client wrote down, one JSON object a line (market, team, name, txnId, type, status, state), must be in the journal as it was told."));
        verb.Validators.Add(given =>
        {
            if (given.GetValue(repair) is null && given.GetValue(dryRun)) { given.AddError("--dry-run is of --repair."); }
            if (given.GetValue(repair) is not null && given.GetValue(told) is not null) { given.AddError("--told only compares; --repair is another run."); }
            if (given.GetValue(repair) is not null && given.GetValue(cluster) is not null) { given.AddError("--repair is of a data folder; a database has its own."); }
            if (given.GetValue(repair) is not null && given.GetValue(market) is not null) { given.AddError("--repair copies all markets."); }
        });
        verb.SetAction((parsed, cancel) => verify(new VerifyOptions(parsed.GetValue(data) ?? "data", parsed.GetValue(market), parsed.GetValue(json))
        {
            RepairTo = parsed.GetValue(repair),
            DryRun = parsed.GetValue(dryRun),
            ToldFile = parsed.GetValue(told),
            Cluster = parsed.GetValue(cluster),
        }, cancel));
        return verb;
    }
}
