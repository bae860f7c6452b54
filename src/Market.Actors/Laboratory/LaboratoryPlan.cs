using Market.Actors.Journal;
using Market.Actors.Runtime;
using Market.Protocol.Values;

namespace Market.Actors.Laboratory;

/// <summary>What a laboratory is to run. The same plan gives the same journal, byte for byte.</summary>
/// <param name="Rules">Of the market; how many shards and the size of a mailbox are of them.</param>
/// <param name="Seed">Of all chance, the market's and the bots'.</param>
/// <param name="Traders">How many play.</param>
/// <param name="Mix">Who.</param>
public sealed record LaboratoryPlan(MarketRules Rules, ulong Seed, int Traders, Mix Mix)
{
    /// <summary>
    /// Answers remembered of each trader: as many as it can have unanswered. A desk sends nothing again that was answered, and here nothing is
    /// lost; with more, a million traders would not fit into memory.
    /// </summary>
    public const int RememberedAnswers = Bots.Desk.MaxUnanswered;

    /// <summary>When the market opens, by its own clock: the evening of the first workshop, for want of a better moment.</summary>
    public static Timestamp Begins { get; } = new(1_521_570_896_000);

    /// <summary>Who is shown the turns of a pit; null, or a null for one stream, for nobody.</summary>
    public Func<StreamId, IPitWitness?>? Witness { get; init; }

    /// <summary>The rules of a node's market, as a laboratory plays by them.</summary>
    public static MarketRules Of(MarketRules rules) => rules with
    {
        Traders = rules.Traders with { RememberedAnswers = Math.Min(rules.Traders.RememberedAnswers, RememberedAnswers) },
    };
}
