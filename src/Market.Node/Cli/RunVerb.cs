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

    /// <summary>Be part of a cluster, whatever <c>cluster.transport</c> says, and without bots unless told so.</summary>
    public bool InCluster { get; init; }

    /// <summary>This node's name in its cluster; null: <c>cluster.node</c> says it.</summary>
    public string? NodeName { get; init; }
}

/// <summary><c>run</c> and <c>node</c>: a node in this process, alone or in a cluster.</summary>
public static class RunVerb
{
    /// <summary>The verb of a node of a cluster.</summary>
    public const string OfCluster = "node";

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
        var flags = new RunFlags(verb);
        verb.SetAction((parsed, cancel) => run(flags.Read(parsed), cancel));
        return verb;
    }

    public static Verb OfNode(Func<RunOptions, CancellationToken, Task<int>> run)
    {
        var verb = new Verb(OfCluster, "Run a node of a cluster, over RabbitMQ and PostgreSQL: run with cluster.transport = rabbitmq, and without bots.",
            "monkonomy node --name node-2 --http 127.0.0.1:5082 --data ./node-2")
        {
            Notes =
            [
                "MARKET_RABBITMQ, MARKET_POSTGRES and MARKET_TOKEN_KEY say where broker and database are, and the key that signs tokens: the same on all nodes.",
                "Ctrl-C and SIGTERM hand its shards over and end it.",
            ],
        };
        var flags = new RunFlags(verb);
        var name = verb.With(Typed.Text("--name", "NODE", "Its name; no two nodes have the same at a time (default: the machine's name and the process's number)."));
        verb.SetAction((parsed, cancel) => run(flags.Read(parsed) with { InCluster = true, NodeName = parsed.GetValue(name) }, cancel));
        return verb;
    }
}
