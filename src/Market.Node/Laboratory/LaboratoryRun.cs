using System.Diagnostics;
using Market.Actors.Laboratory;

namespace Market.Node.Laboratory;

/// <summary>One run of a plan, from the opening of its market to its end.</summary>
/// <param name="ticks">How many prices are drawn.</param>
/// <param name="host">Steps the pits.</param>
public sealed class LaboratoryRun(LaboratoryPlan plan, long ticks, IPitHost host)
{
    /// <summary>Told after each tick, once everybody has acted on it.</summary>
    public Action<LaboratoryMarket>? Ticked { get; init; }

    /// <summary>Told when the market has ended.</summary>
    public Action<LaboratoryMarket>? Ended { get; init; }

    /// <param name="best">Most traders named.</param>
    /// <param name="cancel">Ends the run after the tick it has come to; what there is by then is its result.</param>
    public RunResult Run(int best, CancellationToken cancel)
    {
        using var market = new LaboratoryMarket(plan, host);
        market.Open();
        var running = Stopwatch.StartNew();
        while (market.Tick.Seq < ticks && !cancel.IsCancellationRequested)
        {
            market.NextTick();
            Ticked?.Invoke(market);
        }
        running.Stop();
        market.End();
        Ended?.Invoke(market);
        return RunResult.Of(market, plan, ticks, best, running.Elapsed);
    }
}
