using System.Net;
using Market.Node.Cli.Given;

namespace Market.Node.Cli;

/// <summary>What <c>run</c> was told. Null means: not said here; the configuration's value or the default counts.</summary>
public sealed record RunOptions
{
    public string? ConfigFile { get; init; }

    /// <summary>The journal and all else that is kept; default <c>./data</c>.</summary>
    public string? DataFolder { get; init; }

    /// <summary>Where the HTTP door listens; port 0 takes any free one.</summary>
    public IPEndPoint? Http { get; init; }

    /// <summary>How many of the house's own traders play; 0 to 1,000.</summary>
    public int? Bots { get; init; }

    /// <summary>How often the price moves.</summary>
    public TimeSpan? Tick { get; init; }

    /// <summary>Of all chance, for a market that starts anew.</summary>
    public ulong? Seed { get; init; }

    /// <summary>Posts to replay.</summary>
    public string? GibbsFile { get; init; }

    /// <summary>How much faster than they were posted; above 0.</summary>
    public double? GibbsSpeed { get; init; }

    /// <summary>Say what happens in JSON lines.</summary>
    public bool Json { get; init; }
}

/// <summary><c>run</c>: a node in this process.</summary>
public static class RunVerb
{
    public const string Name = "run";

    public static Verb Of(Func<RunOptions, CancellationToken, Task<int>> run)
    {
        var verb = new Verb(Name, "Run a node: the market, its doors, its page. The default verb.",
            "monkonomy run --bots 20 --tick 500ms", "monkonomy --http 127.0.0.1:5090 --data ./second")
        {
            Notes =
            [
                "MARKET_ADMIN_TOKEN is the organiser's token; without it one is made at the first start and kept in the data folder.",
                "Ctrl-C and SIGTERM end it gracefully.",
            ],
        };
        verb.Aliases.Add("node");
        var flags = new RunFlags(verb);
        verb.SetAction((parsed, cancel) => run(flags.Read(parsed), cancel));
        return verb;
    }
}
