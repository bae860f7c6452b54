using System.Diagnostics;
using System.Globalization;

namespace Market.Bench;

/// <summary>One way of loading a market.</summary>
/// <param name="InFlight">Orders always waiting for their answer; 0 when a rate is offered.</param>
/// <param name="PerSecond">Orders offered, whatever comes back; 0 when so many are kept in flight.</param>
internal sealed record Scenario(string Topology, int Shards, int Traders, int InFlight, int PerSecond)
{
    public string Offered => InFlight > 0 ? $"{InFlight:n0} in flight" : $"{PerSecond:n0}/s";

    public string Name => string.Create(CultureInfo.InvariantCulture, $"{Topology}, {Offered}");
}

/// <summary>One line of the result. Latencies in ms.</summary>
internal sealed record OrderRow(
    string Topology, string Offered, double AnsweredPerSecond, double P50, double P90, double P99, double P999, double Max,
    double OrdersPerAppend, double BytesPerOrder, double AllocatedPerOrder, double? RawLimitPerSecond, long Refused)
{
    public double? OfLimit => AnsweredPerSecond / RawLimitPerSecond;
}

/// <summary>Orders decided, made durable by SQLite and answered, generator and engine on the same cores.</summary>
internal static class InProcess
{
    private const int MostRawBytes = 64 << 20;

    private static readonly (string Name, int Shards, int Traders)[] Topologies =
        [("one shard", 1, 1_000), ("sixteen shards", 16, 1_000), ("one hot trader", 16, 1)];

    private static readonly (int InFlight, int PerSecond)[] Loads = [(1_024, 0), (64, 0), (1, 0), (0, 50_000)];

    public static void Run(BenchOptions options, TimeSpan time)
    {
        var all =
            from topology in Topologies
            from load in Loads
            select new Scenario(topology.Name, topology.Shards, topology.Traders, load.InFlight, load.PerSecond);
        var report = new Report<OrderRow>(options.Json);
        foreach (var scenario in all.Where(scenario => scenario.Name.Contains(options.Only ?? "", StringComparison.Ordinal)))
        {
            Report.Progress($"{scenario.Name} …");
            report.Add(Run(scenario, options.Folder, time));
        }
        report.End();
    }

    private static OrderRow Run(Scenario scenario, string within, TimeSpan time)
    {
        var folder = BenchNode.NewFolder(within);
        try
        {
            var row = Load(scenario, folder, time);
            return scenario.InFlight == 0 ? row : row with { RawLimitPerSecond = RawLimit(scenario, folder, row.BytesPerOrder, time) };
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    private static OrderRow Load(Scenario scenario, string folder, TimeSpan time)
    {
        using var node = new BenchNode(folder, scenario.Shards);
        node.Start();
        using var flow = new OrderFlow(node.Market.Region, node.Join(scenario.Traders));
        Send(flow, scenario, TimeSpan.FromSeconds(2));
        var counters = node.Node.Engine.Counters;
        flow.Measure();
        var before = (flow.Answered, counters.Appends, counters.Bytes, Allocated: GC.GetTotalAllocatedBytes(), At: Stopwatch.GetTimestamp());
        Send(flow, scenario, time);
        var seconds = Stopwatch.GetElapsedTime(before.At).TotalSeconds;
        var orders = (double)(flow.Answered - before.Answered);
        var row = new OrderRow(
            scenario.Topology, scenario.Offered, orders / seconds, 0, 0, 0, 0, 0,
            orders / (counters.Appends - before.Appends), (counters.Bytes - before.Bytes) / orders, (GC.GetTotalAllocatedBytes() - before.Allocated) / orders, null, flow.Refused);
        flow.Settle();
        return row with
        {
            P50 = flow.Latency.Ms(0.5), P90 = flow.Latency.Ms(0.9), P99 = flow.Latency.Ms(0.99), P999 = flow.Latency.Ms(0.999), Max = flow.Latency.Ms(1),
        };
    }

    private static void Send(OrderFlow flow, Scenario scenario, TimeSpan time)
    {
        var start = Stopwatch.GetTimestamp();
        if (scenario.InFlight > 0) { flow.Closed(scenario.InFlight, GoOn); }
        else { flow.Open(scenario.PerSecond, GoOn); }

        bool GoOn() => Stopwatch.GetElapsedTime(start) < time;
    }

    /// <summary>In orders a second: as many orders' bytes to a blob as there were orders in flight.</summary>
    private static double RawLimit(Scenario scenario, string folder, double bytesPerOrder, TimeSpan time)
    {
        var bytes = RawSqlite.BytesOf(folder, MostRawBytes);
        var batch = (int)Math.Min(scenario.InFlight * bytesPerOrder, bytes.Length);
        using var limit = new RawSqlite(Path.Combine(folder, "limit.db"));
        limit.Run(bytes, batch, TimeSpan.FromSeconds(0.5));
        return limit.Run(bytes, batch, time) * scenario.InFlight;
    }
}
