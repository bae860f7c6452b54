using Market.Node.Cli.Client;
using Market.Node.Load;
using Market.Protocol.Values;

namespace Market.Cluster;

/// <summary>One way of sending orders to one node while the shards live on the other.</summary>
/// <param name="PerSecond">Orders offered; null keeps <paramref name="InFlight"/> requests of each connection waiting.</param>
internal sealed record ClusterLoad(string Name, int Connections, int Batch, int InFlight, double? PerSecond, string Floor, Func<LoadReport, bool> Holds)
{
    public string Offered => PerSecond is { } rate ? $"{rate:n0}/s" : $"{Connections} × {InFlight} × {Batch} in flight";
}

/// <summary>The door on one node, the shards on another: decided, durable, answered, and every answer looked at.</summary>
internal static class TwoNodes
{
    private static readonly MarketId Banana = MarketId.Of("banana");

    private static readonly ClusterLoad[] All =
    [
        new("ws-arrays", 100, 100, 1, null, "≥ 120,000/s", report => report.OrdersPerSecond >= 120_000),
        new("ws-single", 100, 1, 10, null, "≥ 30,000/s", report => report.OrdersPerSecond >= 30_000),
        new("ws-paced", 100, 1, 1, 1_000, "p50 ≤ 3 ms, p99 ≤ 15 ms", report => report.Latency.Ms(0.5) <= 3 && report.Latency.Ms(0.99) <= 15),
    ];

    public static async Task RunAsync(Machine machine, TimeSpan time, ClusterTable table, CancellationToken cancel)
    {
        if (!All.Any(load => table.Wants(load.Name))) { return; }
        using var shards = machine.NewNode("bench", "shards", "shards, views");
        using var door = machine.NewNode("bench", "door", "door, views");
        shards.Start();
        door.Start();
        await Waiting.ReadyAsync(door.Address, cancel);
        foreach (var load in All.Where(load => table.Wants(load.Name)))
        {
            ClusterTable.Progress($"{load.Name} …");
            using var client = new NodeClient(door.Address, Banana);
            var traders = await Joining.JoinAsync(client, load.Connections, null, _ => { }, cancel);
            var report = await LoadRun.RunAsync(Plan(door.Address, load, time), traders, null, cancel);
            table.Add(new ClusterRow(
                load.Name, load.Offered, report.OrdersPerSecond, report.Latency.Ms(0.5), report.Latency.Ms(0.9), report.Latency.Ms(0.99), report.Latency.Ms(1),
                load.Floor, load.Holds(report) && report.Unanswered == 0 && !report.FellBehind, report.Tally.Others.Values.Sum()));
        }
    }

    private static LoadPlan Plan(Uri door, ClusterLoad load, TimeSpan time) => new()
    {
        Node = door,
        Market = Banana,
        Connections = load.Connections,
        Batch = load.Batch,
        InFlight = load.InFlight,
        PerSecond = load.PerSecond,
        WarmUp = TimeSpan.FromSeconds(20), // three processes compile what runs often, and again, on the cores that are measured
        Time = time,
    };
}
