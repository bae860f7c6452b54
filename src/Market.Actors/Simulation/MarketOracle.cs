using Market.Actors.Chance;
using Market.Actors.Runtime;
using Market.Actors.Simulation.Twin;
using Market.Protocol.Messages;
using Market.Protocol.Values;

namespace Market.Actors.Simulation;

/// <summary>
/// Judges one market by its journal: is fed every turn once it is durable, lets the naive twin decide the same, and holds the laws against
/// what happened. What actors tell each other may be late; each thing told must be heard once, in order, and mean what it meant.
/// </summary>
internal sealed class MarketOracle
{
    private readonly NaiveChance _chance;

    public MarketOracle(MarketRules rules, ulong seed, Laws laws, Coverage coverage)
    {
        (Rules, Laws, Coverage) = (rules, laws, coverage);
        Placement = new Placement(rules.Market, rules.Shards);
        var (walk, bubbles, harvests) = (Chance(seed, "price"), Chance(seed, "price/bubbles"), Chance(seed, "plantation"));
        _chance = new NaiveChance(walk.Normal, bubbles.Uniform, harvests.Normal);
        Price = new NaivePrice(_chance);
        Plantation = new NaivePlantation(_chance);
        Investments = new InvestmentBook(laws);
        Shards = [.. Enumerable.Range(0, rules.Shards).Select(shard => new ShardOracle(this, shard))];
    }

    public MarketRules Rules { get; }

    public Placement Placement { get; }

    public Laws Laws { get; }

    public Coverage Coverage { get; }

    public IReadOnlyList<ShardOracle> Shards { get; }

    public NaivePrice Price { get; }

    public NaiveGibber Gibber { get; } = new();

    public NaivePlantation Plantation { get; }

    public InvestmentBook Investments { get; }

    public Dictionary<TraderKey, TraderRecord> Traders { get; } = [];

    /// <summary>How the game stood, each with the append that said so; the first is its opening.</summary>
    public List<(HeardClock Clock, int At)> Moves { get; } = [];

    /// <summary>Every price drawn; number 1 is the first.</summary>
    public List<PriceTick> Ticks { get; } = [];

    /// <summary>Talk that was counted and is worth something, and that the price has not heard.</summary>
    public Queue<int> Talk { get; } = [];

    /// <summary>Appends of the whole node that were made durable so far.</summary>
    public int Appends { get; private set; }

    public MarketStatus Status => Moves.Count == 0 ? MarketStatus.Open : Moves[^1].Clock.Status;

    /// <summary>A turn is on stable storage.</summary>
    public void Judge(in Journal.JournaledTurn turn, int append)
    {
        Appends = append;
        Shards[turn.Stream.Shard].Judge(turn);
    }

    /// <summary>Everything due has happened, everything told was heard: nothing is left but to wait for <paramref name="now"/> to grow.</summary>
    public void RequireQuiet(Timestamp now)
    {
        foreach (var shard in Shards)
        {
            Laws.Require(shard.MovesHeard == Moves.Count, Law.WhatIsDueHappens, $"shard {shard.Number} heard {shard.MovesHeard} of {Moves.Count} moves of the game.");
            Laws.Require(shard.PriceSeq == Ticks.Count, Law.WhatIsDueHappens, $"shard {shard.Number} heard {shard.PriceSeq} of {Ticks.Count} prices.");
        }
        Laws.Require(Talk.Count == 0, Law.WhatIsDueHappens, $"{Talk.Count} counted gibbs were not heard by the price.");
        var clock = Shards[Placement.PriceShard].Clock;
        if (!clock.IsRunning) { return; }
        var time = clock.At(now);
        Laws.Require(Price.NextTick > time, Law.WhatIsDueHappens, $"a price was due at {Price.NextTick} of market time, now {time}.");
        Laws.Require(!Price.Bursting || Price.NextStep > time, Law.WhatIsDueHappens, $"a step of a burst was due at {Price.NextStep} of market time, now {time}.");
        foreach (var one in Plantation.Growing)
        {
            Laws.Require(one.Due > time, Law.WhatIsDueHappens, $"{one.TxnId} of {one.Trader} was due at {one.Due} of market time, now {time}.");
        }
    }

    private ChanceStream Chance(ulong seed, string actor) => ChanceStream.For(seed, $"/{Rules.Market}/{actor}");
}
