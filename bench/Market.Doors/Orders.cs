using System.Diagnostics;
using Market.Node.Load;
using Market.Protocol.Values;

namespace Market.Doors;

/// <summary>One way of sending orders through a door.</summary>
/// <param name="InFlight">Requests of each connection always waiting; 0 when a rate is offered.</param>
/// <param name="PerSecond">Orders offered; 0 when so many are kept in flight.</param>
/// <param name="LeastPerSecond">Floor of the orders answered a second; 0 for none.</param>
/// <param name="LeastOfLimit">Floor of their share of the limit; 0 for none.</param>
/// <param name="HasLimit">Whether the limit is measured though there is no floor.</param>
internal sealed record OrderScenario(
    string Name, LoadDoor Door, int Connections, int Batch, int InFlight, double PerSecond = 0, double LeastPerSecond = 0, double LeastOfLimit = 0, bool HasLimit = false)
{
    public bool IsBesideItsLimit => HasLimit || LeastOfLimit > 0;

    public string Offered => PerSecond > 0 ? $"{PerSecond:n0}/s" : $"{Connections} × {InFlight} × {Batch} in flight";

    public string Floor => (LeastPerSecond, LeastOfLimit) switch
    {
        ( > 0, _) => $"≥ {LeastPerSecond:n0}/s",
        (_, > 0) => $"≥ {LeastOfLimit:0%} of limit",
        _ => "",
    };

    public bool Holds(double perSecond, double limit) => perSecond >= LeastPerSecond && perSecond >= limit * LeastOfLimit;

    public LoadPlan Plan(Uri node, TimeSpan time) => new()
    {
        Node = node,
        Market = MarketId.Of("banana"),
        Door = Door,
        Connections = Connections,
        Batch = Batch,
        InFlight = Math.Max(InFlight, 1),
        PerSecond = PerSecond > 0 ? PerSecond : null,
        WarmUp = TimeSpan.FromSeconds(3), // the compiler still works on what runs often
        Time = time,
    };
}

/// <summary>Orders through both doors, client and node on the same cores: decided, durable, answered, and every answer looked at.</summary>
internal static class Orders
{
    private static readonly OrderScenario[] All =
    [
        new("ws-arrays", LoadDoor.WebSocket, 8, 100, 4, LeastPerSecond: 150_000),
        new("ws-arrays-open", LoadDoor.WebSocket, 8, 100, 0, PerSecond: 50_000),
        new("ws-single", LoadDoor.WebSocket, 50, 1, 1, LeastOfLimit: 0.6),
        new("ws-single-pipelined", LoadDoor.WebSocket, 50, 1, 32, HasLimit: true),
        new("ws-single-open", LoadDoor.WebSocket, 50, 1, 0, PerSecond: 5_000),
        new("http", LoadDoor.Http, 50, 1, 1, LeastOfLimit: 0.6),
        new("http-open", LoadDoor.Http, 50, 1, 0, PerSecond: 5_000),
    ];

    public static async Task RunAsync(DoorsOptions told, DoorTable table, CancellationToken cancel)
    {
        foreach (var scenario in All.Where(scenario => told.Wants(scenario.Name))) { table.Add(await RunAsync(told, scenario, cancel)); }
    }

    private static async Task<DoorRow> RunAsync(DoorsOptions told, OrderScenario scenario, CancellationToken cancel)
    {
        await using var node = await LoadedNode.StartAsync(told.Folder);
        await using var limits = await Limits.StartAsync();
        var rounds = new List<(LoadReport Report, double Cores)>();
        var limit = new List<double>();
        for (var round = 1; round <= told.Rounds; round++)
        {
            DoorTable.Progress($"{scenario.Name}, round {round} of {told.Rounds} …");
            var traders = await node.JoinAsync(scenario.Connections); // of the last round, some hold a share or owe an answer
            rounds.Add(await MeasureAsync(scenario.Plan(node.Url, told.Time), traders, cancel));
            Explain(scenario, rounds[^1].Report);
            if (scenario.IsBesideItsLimit) { limit.Add((await MeasureAsync(scenario.Plan(limits.Url, told.Time), traders, cancel)).Report.OrdersPerSecond); }
        }
        var (report, cores) = rounds.OrderBy(one => one.Report.OrdersPerSecond).ElementAt(rounds.Count / 2);
        var median = limit.Count == 0 ? 0 : limit.Order().ElementAt(limit.Count / 2);
        if (report.FellBehind) { DoorTable.Progress($"{scenario.Name}: {report.Late} of {report.Requests} requests were sent late"); }
        return Row(scenario, report, cores, median, rounds.Sum(one => Refused(one.Report)));
    }

    private static long Refused(LoadReport report) => report.Tally.Others.Values.Sum() + report.Unanswered;

    private static void Explain(OrderScenario scenario, LoadReport report)
    {
        if (report.Unanswered > 0) { DoorTable.Progress($"{scenario.Name}: {report.Unanswered} had no answer"); }
        foreach (var (status, count) in report.Tally.Others) { DoorTable.Progress($"{scenario.Name}: {count} were answered with {status}"); }
    }

    private static async Task<(LoadReport Report, double Cores)> MeasureAsync(LoadPlan plan, LoadTrader[] traders, CancellationToken cancel)
    {
        using var process = Process.GetCurrentProcess();
        var (cpu, at) = (process.TotalProcessorTime, Stopwatch.GetTimestamp());
        var report = await LoadRun.RunAsync(plan, traders, null, cancel);
        process.Refresh();
        return (report, (process.TotalProcessorTime - cpu) / Stopwatch.GetElapsedTime(at));
    }

    private static DoorRow Row(OrderScenario scenario, LoadReport report, double cores, double limit, long refused)
    {
        var latency = report.Latency;
        return new DoorRow(
            scenario.Name, scenario.Offered, report.OrdersPerSecond, latency.Ms(0.5), latency.Ms(0.9), latency.Ms(0.99), latency.Ms(0.999), latency.Ms(1),
            cores, limit > 0 ? limit : null, scenario.Floor, refused == 0 && scenario.Holds(report.OrdersPerSecond, limit), refused);
    }
}
