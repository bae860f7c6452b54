using System.Diagnostics;

namespace Market.Node.Load;

/// <summary>How a run stands, once a second.</summary>
/// <param name="Seconds">Since the load began, warm-up included.</param>
/// <param name="AnsweredPerSecond">Orders, since the last of these.</param>
/// <param name="Waiting">Orders sent and not yet answered.</param>
public sealed record LoadProgress(double Seconds, double AnsweredPerSecond, long Waiting);

/// <summary>What a run showed.</summary>
/// <param name="Seconds">Measured.</param>
/// <param name="Orders">Answered within them.</param>
/// <param name="Late">Requests sent more than 10 ms after they were due.</param>
/// <param name="Requests">Requests sent while measuring.</param>
/// <param name="Unanswered">Orders whose answer did not come though we waited for it.</param>
public sealed record LoadReport(double Seconds, long Orders, long Requests, long Late, long Unanswered, LatencyHistogram Latency, AnswerTally Tally)
{
    public double OrdersPerSecond => Orders / Seconds;

    /// <summary>
    /// The client sent late more often than once in a hundred, or never came to what was due while measuring: the offered load was not what was asked for.
    /// </summary>
    public bool FellBehind => Late * 100 > Requests || Latency.Count == 0;
}

/// <summary>Loads a node as a plan says and counts every answer.</summary>
public static class LoadRun
{
    private static readonly TimeSpan LastAnswers = TimeSpan.FromSeconds(10);

    /// <param name="progress">Told once a second, on a thread of this run; null for nobody.</param>
    /// <exception cref="LoadFailedException">The node cannot be reached, or ended a connection.</exception>
    public static async Task<LoadReport> RunAsync(LoadPlan plan, IReadOnlyList<LoadTrader> traders, Action<LoadProgress>? progress, CancellationToken cancel)
    {
        var connections = new List<LoadConnection>();
        try
        {
            var start = Stopwatch.GetTimestamp() + (Stopwatch.Frequency / 10) + (Stopwatch.Frequency * plan.Connections / 500);
            for (var i = 0; i < plan.Connections; i++)
            {
                connections.Add(await LoadConnections.OpenAsync(plan, TradersOf(plan, traders, i), i, LoadSchedule.Of(plan, i, start)));
            }
            return await LoadAsync(plan, connections, progress, cancel);
        }
        finally
        {
            foreach (var connection in connections)
            {
                connection.Stop();
                await connection.DisposeAsync();
            }
        }
    }

    /// <summary>A socket is one trader's; a request can be anybody's, so each connection takes its share of them.</summary>
    private static IReadOnlyList<LoadTrader> TradersOf(LoadPlan plan, IReadOnlyList<LoadTrader> traders, int connection) =>
        plan.Door is LoadDoor.WebSocket || traders.Count <= plan.Connections
            ? [traders[connection % traders.Count]]
            : [.. traders.Where((_, i) => i % plan.Connections == connection)];

    private static async Task<LoadReport> LoadAsync(LoadPlan plan, List<LoadConnection> connections, Action<LoadProgress>? progress, CancellationToken cancel)
    {
        using var pacer = new Pacer(connections, plan.PerSecond is not null);
        var failing = Task.WhenAny(connections.Select(connection => Task.Run(connection.ReceiveAsync, CancellationToken.None)).ToList()); // none ends by itself
        pacer.Start();
        await WaitAsync(plan.WarmUp, TimeSpan.Zero, failing, connections, plan, progress, cancel);
        var from = Stopwatch.GetTimestamp();
        var before = (Answered: Sum(connections, one => one.Answered), Sent: Sum(connections, one => one.Sent));
        foreach (var connection in connections) { connection.Measure(from); }
        await WaitAsync(plan.Time, plan.WarmUp, failing, connections, plan, progress, cancel);
        var seconds = Stopwatch.GetElapsedTime(from).TotalSeconds;
        var after = (Answered: Sum(connections, one => one.Answered), Sent: Sum(connections, one => one.Sent));
        foreach (var connection in connections) { connection.Stop(); }
        await SettleAsync(connections);
        return Report(plan, connections, seconds, after.Answered - before.Answered, after.Sent - before.Sent);
    }

    private static async Task WaitAsync(
        TimeSpan time, TimeSpan already, Task<Task> failing, List<LoadConnection> connections, LoadPlan plan, Action<LoadProgress>? progress, CancellationToken cancel)
    {
        var start = Stopwatch.GetTimestamp();
        var (answered, at) = (Sum(connections, one => one.Answered), start);
        while (time - Stopwatch.GetElapsedTime(start) is var left && left > TimeSpan.Zero)
        {
            var pause = Task.Delay(left < TimeSpan.FromSeconds(1) ? left : TimeSpan.FromSeconds(1), cancel);
            if (await Task.WhenAny(pause, failing) == failing) { await await failing; }
            await pause;
            var (now, nowAt) = (Sum(connections, one => one.Answered), Stopwatch.GetTimestamp());
            progress?.Invoke(new LoadProgress(
                (already + Stopwatch.GetElapsedTime(start)).TotalSeconds,
                (now - answered) * plan.Batch / Stopwatch.GetElapsedTime(at, nowAt).TotalSeconds,
                Sum(connections, one => one.InFlight) * plan.Batch));
            (answered, at) = (now, nowAt);
        }
    }

    private static async Task SettleAsync(List<LoadConnection> connections)
    {
        var start = Stopwatch.GetTimestamp();
        while (connections.Exists(one => one.InFlight > 0) && Stopwatch.GetElapsedTime(start) < LastAnswers) { await Task.Delay(1); }
    }

    private static LoadReport Report(LoadPlan plan, List<LoadConnection> connections, double seconds, long answered, long sent)
    {
        var latency = new LatencyHistogram();
        var tally = new AnswerTally();
        foreach (var connection in connections)
        {
            latency.Add(connection.Latency);
            tally.Add(connection.Tally);
        }
        return new LoadReport(
            seconds, answered * plan.Batch, sent, Sum(connections, one => one.Late), Sum(connections, one => one.InFlight) * plan.Batch, latency, tally);
    }

    private static long Sum(List<LoadConnection> connections, Func<LoadConnection, long> of) => connections.Sum(of);
}
