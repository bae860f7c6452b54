using System.Diagnostics;

namespace Market.Node.Load;

/// <summary>
/// When the requests of one connection are due. A rate is a schedule fixed beforehand: who answers late makes no later request come later, so that a
/// stall is seen in every request it held up (no coordinated omission).
/// </summary>
/// <param name="everyTicks">Stopwatch ticks between two; 0 means: whenever there is room.</param>
/// <param name="firstTicks">When the first is due, for a rate.</param>
/// <param name="mostInFlight">Requests that may wait for their answer.</param>
public sealed class LoadSchedule(double everyTicks, long firstTicks, int mostInFlight)
{
    /// <summary>Waiting requests of one socket when a rate is offered; beyond it the client waits, and its lateness counts.</summary>
    private const int MostWaiting = 4_096;

    public int MostInFlight => mostInFlight;

    /// <summary>The schedule of one connection among all of the plan: their requests take turns.</summary>
    public static LoadSchedule Of(LoadPlan plan, int connection, long startTicks)
    {
        if (plan.PerSecond is not { } rate) { return new LoadSchedule(0, startTicks, plan.InFlight); }
        var between = Stopwatch.Frequency * plan.Batch / rate;
        return new LoadSchedule(between * plan.Connections, startTicks + (long)(between * connection), plan.Door is LoadDoor.Http ? 1 : MostWaiting);
    }

    /// <summary>When the request of this number, from 0, is due; now when it is so whenever there is room.</summary>
    public long DueTicks(long request, long nowTicks) => everyTicks == 0 ? nowTicks : firstTicks + (long)(request * everyTicks);
}
