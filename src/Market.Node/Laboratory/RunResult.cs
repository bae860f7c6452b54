using Market.Actors.Laboratory;
using Market.Actors.Scores;
using Market.Protocol.Messages;
using Market.Protocol.Values;

namespace Market.Node.Laboratory;

/// <summary>What came of one temperament in one run.</summary>
/// <param name="Fed">Monkeys fed by all its traders.</param>
public sealed record PartResult(string Temperament, int Traders, long Fed, long Bailouts, Activity Activity)
{
    public long Score => Fed - (Bailouts * TraderState.BailoutPenalty);

    /// <summary>0 where nobody plays.</summary>
    public double FedPerTrader => (double)Fed / Math.Max(1, Traders);

    public double ScorePerTrader => (double)Score / Math.Max(1, Traders);
}

/// <summary>What came of one run.</summary>
/// <param name="Complete">False when it was ended early.</param>
/// <param name="Price">The last tick.</param>
/// <param name="Parts">By part of the mix.</param>
/// <param name="Best">The top of the board.</param>
/// <param name="SentHome">Bots that threw.</param>
/// <param name="Running">How long the ticks took, joining and ending apart.</param>
public sealed record RunResult(
    ulong Seed, long Ticks, bool Complete, PriceTick Price, IReadOnlyList<PartResult> Parts, IReadOnlyList<TraderRow> Best,
    (long Turns, long Events, long Bytes) Journaled, string JournalHash, int SentHome, TimeSpan Running)
{
    /// <summary>Of all traders.</summary>
    public Activity All { get; } = Activity.Sum(Parts.Select(part => part.Activity));

    /// <summary>All temperaments together, as <c>all</c>.</summary>
    public PartResult Whole => new("all", Parts.Sum(part => part.Traders), Parts.Sum(part => part.Fed), Parts.Sum(part => part.Bailouts), All);

    public double CommandsPerSecond => Running > TimeSpan.Zero ? All.Commands / Running.TotalSeconds : 0;

    /// <summary>Takes stock of a market that has ended.</summary>
    /// <param name="best">Most traders named.</param>
    public static RunResult Of(LaboratoryMarket market, LaboratoryPlan plan, long ticks, int best, TimeSpan running)
    {
        var (standing, sums) = (new (TraderKey, TraderState)[plan.Traders], new (int Traders, long Fed, long Bailouts)[plan.Mix.Parts.Length]);
        var at = 0;
        foreach (var (key, state, part) in market.Standing())
        {
            standing[at++] = (key, state);
            ref var sum = ref sums[part];
            sum = (sum.Traders + 1, sum.Fed + state.FedMonkeys, sum.Bailouts + state.Bailouts);
        }
        var parts = plan.Mix.Parts.Zip(sums, market.Activity()).Select(one => new PartResult(
            one.First.Temperament.Name, one.Second.Traders, one.Second.Fed, one.Second.Bailouts, one.Third));
        return new RunResult(
            plan.Seed, market.Tick.Seq, market.Tick.Seq == ticks, market.Tick, [.. parts], Ranking.Traders(standing, best),
            market.Journaled, market.JournalHash(), market.SentHome, running);
    }
}
