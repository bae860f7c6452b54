using Market.Actors.Laboratory;
using Market.Node.Cli.Given;
using Market.Protocol.Values;

namespace Market.Node.Cli;

/// <summary>What <c>simulate</c> was told.</summary>
public sealed record SimulateOptions
{
    public const int DefaultTraders = 1_000;

    public const long DefaultTicks = 600;

    public const ulong DefaultSeed = 1;

    /// <summary>How many traders play.</summary>
    public int Traders { get; init; } = DefaultTraders;

    /// <summary>How many prices are drawn.</summary>
    public long Ticks { get; init; } = DefaultTicks;

    /// <summary>Of all chance; with several runs, of their seeds.</summary>
    public ulong Seed { get; init; } = DefaultSeed;

    /// <summary>Who plays.</summary>
    public Mix Bots { get; init; } = Mix.Even;

    /// <summary>The market whose rules are played by.</summary>
    public MarketId Market { get; init; } = MarketId.Of(Typed.DefaultMarket);

    /// <summary>Null for as many as the market has.</summary>
    public int? Shards { get; init; }

    /// <summary>How many runs, each with a seed of its own.</summary>
    public int Replications { get; init; } = 1;

    /// <summary>Null for as many as there are processors.</summary>
    public int? Threads { get; init; }

    /// <summary>Where tables and plot go; null for nowhere.</summary>
    public string? OutFolder { get; init; }

    /// <summary>Whether every trade is written.</summary>
    public bool WithTrades { get; init; } = true;

    /// <summary>Where the journal is kept; null for nowhere.</summary>
    public string? JournalFolder { get; init; }

    /// <summary>Null for the configuration that a node would read.</summary>
    public string? ConfigFile { get; init; }

    /// <summary>Write over what is there.</summary>
    public bool Yes { get; init; }

    /// <summary>No laboratory, but a trial: disks, wires, clocks and machines fail, and the laws of the market must hold.</summary>
    public bool Faults { get; init; }

    /// <summary>With faults: nodes of a cluster over one broker and one database; 1, the default, is a node of its own.</summary>
    public int Nodes { get; init; } = 1;

    /// <summary>The summary as JSON.</summary>
    public bool Json { get; init; }
}

/// <summary><c>simulate</c>: a market of bots in virtual time, at full speed.</summary>
public static class SimulateVerb
{
    public const string Name = "simulate";

    public static Verb Of(Func<SimulateOptions, Surroundings, CancellationToken, Task<int>> simulate, Surroundings around)
    {
        var verb = new Verb(Name, "Run a market of bots in virtual time, at full speed, by the server's own rules.",
            "monkonomy simulate --traders 1000 --ticks 600 --seed 7 --out run-7",
            "monkonomy simulate --traders 500 --ticks 300 --bots forecast=60,contrarian=20,investor=10,hype=5,feeder=5 --replications 20",
            "monkonomy simulate --seed 7 --faults",
            "monkonomy simulate --seed 7 --faults --nodes 3")
        {
            Notes =
            [
                "The same seed gives the same journal hash on every run and every machine, whatever the number of threads.",
                $"Temperaments for --bots: {string.Join(", ", Mix.Known.Select(known => known.Name))}; one word of a name is enough.",
                "--out writes prices.csv, trades.csv, board.csv and run.svg. trades.csv has a line of some 80 bytes for every order, investment,",
                "return and feed: 1,000 traders x 600 ticks make about 15 MB, a million x 100 ticks up to 8 GB; --no-trades leaves it out.",
                "--faults plays small markets of its own, in which everything fails that can, and holds the laws of the game against each; a seed that breaks",
                "one is told with the shortest schedule that does. With --replications it plays as many seeds, from --seed on, and counts what they met.",
                "A million traders need 2 to 4 GB of memory. Ctrl-C ends a run early and keeps what there is.",
            ],
        };
        var flags = new SimulateFlags(verb);
        verb.SetAction((parsed, cancel) => simulate(flags.Read(parsed), around, cancel));
        return verb;
    }
}
