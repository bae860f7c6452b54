using System.Diagnostics;

namespace Market.Bench;

/// <summary>One start.</summary>
/// <param name="Start">From what.</param>
/// <param name="Events">Replayed.</param>
internal sealed record RecoveryRow(string Start, int Traders, long Events, double Seconds, double EventsPerSecond);

/// <summary>How long a node takes from its journal to a market that goes on, views included.</summary>
internal static class RecoveryTimes
{
    private const int OrdersOfFullReplay = 4_000_000;
    private const int OrdersOfTail = 100_000;
    private const int InFlight = 1_024;
    private const int Shards = 16;
    private const int Starts = 3;

    public static void Run(BenchOptions options)
    {
        var report = new Report<RecoveryRow>(options.Json);
        Measure("full replay", 1_000, OrdersOfFullReplay, snapshots: false, options, report);
        Measure("snapshots and tail", options.Traders, OrdersOfTail, snapshots: true, options, report);
        report.End();
    }

    private static void Measure(string name, int traders, int orders, bool snapshots, BenchOptions options, Report<RecoveryRow> report)
    {
        if (!name.Contains(options.Only ?? "", StringComparison.Ordinal)) { return; }
        Report.Progress($"{name}: {traders:n0} traders and {orders:n0} orders …");
        var (folder, crashed) = (BenchNode.NewFolder(options.Folder), BenchNode.NewFolder(options.Folder));
        try
        {
            Write(folder, crashed, traders, orders, snapshots);
            for (var i = 0; i < Starts; i++) { report.Add(Start(name, crashed, traders)); }
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
            Directory.Delete(crashed, recursive: true);
        }
    }

    /// <summary>Leaves in <paramref name="crashed"/> what would be there if the machine had stopped after the last order.</summary>
    private static void Write(string folder, string crashed, int traders, int orders, bool snapshots)
    {
        using (var node = new BenchNode(folder, Shards, BenchNode.WithoutSnapshots))
        {
            node.Start();
            var keys = node.Join(traders);
            if (!snapshots)
            {
                Trade(node, keys, orders);
                Copy(folder, crashed);
                return;
            }
        }
        using var again = new BenchNode(folder, Shards, BenchNode.WithoutSnapshots);
        again.Start();
        Trade(again, BenchNode.Keys(again.Market.Rules, traders), orders);
        Copy(folder, crashed);
    }

    private static void Trade(BenchNode node, Protocol.Values.TraderKey[] traders, int orders)
    {
        using var flow = new OrderFlow(node.Market.Region, traders);
        flow.Closed(InFlight, () => flow.Answered < orders);
        flow.Settle();
    }

    private static void Copy(string folder, string crashed)
    {
        Directory.CreateDirectory(crashed);
        foreach (var file in Directory.EnumerateFiles(folder, "journal.db*")) { File.Copy(file, Path.Combine(crashed, Path.GetFileName(file))); }
    }

    /// <summary>Nothing runs, and nothing is written: the folder is the same afterwards.</summary>
    private static RecoveryRow Start(string name, string folder, int traders)
    {
        GC.Collect();
        var start = Stopwatch.GetTimestamp();
        using var node = new BenchNode(folder, Shards);
        var seconds = Stopwatch.GetElapsedTime(start).TotalSeconds;
        var events = node.Node.Engine.Counters.RecoveredEvents;
        return new RecoveryRow(name, traders, events, seconds, events / seconds);
    }
}
