using Market.Actors.Prices;
using Market.Actors.Runtime;
using Market.Protocol.Values;

namespace Market.Actors.Simulation;

/// <summary>
/// What kind of history a seed gives: which markets, how many clients, which faults, each how often. Every seed draws its own mix, since
/// faults that are always on hide what a few of them alone would show.
/// </summary>
internal sealed record Climate
{
    private static readonly string[] Names = ["banana", "mango", "papaya"];
    private static readonly int[] ShardCounts = [1, 2, 2, 3, 3, 4, 5, 7, 16];

    public required ulong Seed { get; init; }

    /// <summary>Nodes over one journal and one broker; 1 is a node of its own, over its disk.</summary>
    public int Nodes { get; init; } = 1;

    public required IReadOnlyList<MarketRules> Markets { get; init; }

    /// <summary>Traders of each market; the last never joins.</summary>
    public required int Traders { get; init; }

    /// <summary>Steps of the schedule.</summary>
    public required int Steps { get; init; }

    /// <summary>How often each kind of step comes, against the others.</summary>
    public required IReadOnlyList<int> Weights { get; init; }

    /// <summary>Requests and mail lie about until a step takes them on; else they arrive at once.</summary>
    public required bool Loose { get; init; }

    /// <summary>Time passes in small pieces, or in large ones.</summary>
    public required int LongestPassMs { get; init; }

    /// <summary>Talk that makes bubbles.</summary>
    public required bool Hype { get; init; }

    public static Climate Of(ulong seed, bool faults)
    {
        var lots = new Lots(StableHash.Hash64("climate", seed));
        var shards = lots.Of(ShardCounts);
        var remembered = lots.OneIn(3) ? lots.Next(2, 7) : 256;
        var capacity = lots.OneIn(3) ? lots.Next(3, 12) : 2_048;
        var markets = lots.OneIn(3) ? lots.Next(2, 4) : 1;
        var hype = lots.OneIn(2);
        return new Climate
        {
            Seed = seed,
            Markets = [.. Names.Take(markets).Select(name => Rules(name, shards, remembered, capacity))],
            Traders = lots.Next(2, 7),
            Steps = lots.Next(150, 1_000),
            Weights = Mix(lots, faults, hype),
            Loose = faults && !lots.OneIn(4),
            LongestPassMs = lots.Of([50, 300, 300, 1_500, 6_000]),
            Hype = hype,
        };
    }

    /// <summary>A history of several nodes: fewer markets, fewer shards, and another mix of faults.</summary>
    /// <param name="nodes">At least 2.</param>
    public static Climate OfCluster(ulong seed, bool faults, int nodes)
    {
        var lots = new Lots(StableHash.Hash64("cluster", seed));
        var one = Of(seed, faults);
        var (shards, rules) = (lots.Of([1, 2, 3, 3, 4, 5]), one.Markets[0]);
        return one with
        {
            Nodes = nodes,
            Markets = [.. Names.Take(lots.OneIn(5) ? 2 : 1).Select(name => Rules(name, shards, rules.Traders.RememberedAnswers, Math.Max(8, rules.MailboxCapacity)))],
            Steps = lots.Next(100, 500),
            Weights = MixOfCluster(lots, faults, one.Hype),
        };
    }

    private static int[] MixOfCluster(Lots lots, bool faults, bool hype)
    {
        var weights = new int[Step.KindsOfClusters];
        for (var kind = 0; kind < weights.Length; kind++)
        {
            var (drawn, isOn) = (lots.Next(1, 5), lots.OneIn(2));
            weights[kind] = (StepKind)kind switch
            {
                StepKind.Tell => 15 + (4 * drawn),
                StepKind.Again => 2 * drawn,
                StepKind.Flood => isOn ? drawn : 0,
                StepKind.Join or StepKind.Snapshot or StepKind.Settle or StepKind.Move => drawn,
                StepKind.Gibb => hype ? 4 * drawn : 2,
                StepKind.Knock => drawn,
                StepKind.Carry => 20,
                StepKind.Round => 60,
                StepKind.Pass => 15,
                StepKind.LoseMail or StepKind.RepeatMail or StepKind.CrashInRelease or StepKind.CrashInSave or StepKind.ClockBack or StepKind.RotSnapshot => 0,
                _ => faults && isOn ? drawn : 0,
            };
        }
        return weights;
    }

    private static MarketRules Rules(string name, int shards, int remembered, int capacity) => new()
    {
        Market = MarketId.Of(name),
        Shards = shards,
        MailboxCapacity = capacity,
        Traders = new() { RememberedAnswers = remembered },
        Price = PriceRules.Default,
    };

    private static int[] Mix(Lots lots, bool faults, bool hype)
    {
        var weights = new int[Step.Kinds];
        for (var kind = 0; kind < Step.Kinds; kind++)
        {
            var drawn = lots.Next(1, 5);
            var isOn = lots.OneIn(2);
            weights[kind] = (StepKind)kind switch
            {
                StepKind.Tell => 20 + (4 * drawn),
                StepKind.Again => 2 * drawn,
                StepKind.Flood or StepKind.Move => isOn ? drawn : 0,
                StepKind.Join or StepKind.Snapshot => drawn,
                StepKind.Gibb => hype ? 4 * drawn : 1,
                StepKind.Knock or StepKind.Carry => 4 * drawn,
                StepKind.Round => 30,
                StepKind.Settle => drawn,
                StepKind.Pass => 12,
                _ => faults && isOn ? drawn : 0,
            };
        }
        return weights;
    }
}
