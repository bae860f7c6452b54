using System.CommandLine;
using System.Globalization;
using System.Text.Json;
using Market.Node.Cli.Given;
using Market.Node.Cli.Screen;
using Market.Node.Cli.Verbs;
using Market.Node.Load;
using Market.Protocol.Messages;

namespace Market.Node.Cli;

/// <summary><c>bench</c>: loads a node through one of its doors, with traders of its own, and says how fast it answered.</summary>
public sealed class BenchVerb
{
    private const int MaxConnections = 10_000;
    private const int MaxBatch = 1_000;

    private static readonly Dictionary<string, LoadDoor> Doors = new() { ["ws"] = LoadDoor.WebSocket, ["http"] = LoadDoor.Http };

    private readonly Option<long?> _rate = Typed.Whole("--rate", "Orders offered a second, whatever comes back; latency counts from when each was due.", 1, 100_000_000);
    private readonly Option<long?> _inFlight = Typed.Whole("--in-flight", "Instead of a rate: requests of each connection always waiting (default: 1; HTTP takes 1 only).", 1, 1_000);
    private readonly Option<long?> _connections = Typed.Whole("--connections", "Connections (default: 8).", 1, MaxConnections);
    private readonly Option<long?> _seconds = Typed.Whole("--seconds", "How long it is measured, after one second of warm-up (default: 10).", 1, 86_400);
    private readonly Option<LoadDoor?> _door = Typed.OneOf("--door", "The door to load (default: ws).", Doors);
    private readonly Option<long?> _batch = Typed.Whole("--batch", "Orders in each request (default: 1).", 1, MaxBatch);
    private readonly Option<long?> _traders = Typed.Whole("--traders", "Traders who join for it (default: one for each connection; a socket is one trader's).", 1, 1_000_000);
    private readonly Option<string?> _code = Typed.Text("--code", "CODE", "The organiser's join code, where one is needed.");
    private readonly Option<bool> _yes = new("--yes") { Description = "Load a node that is not on this machine." };

    private BenchVerb() { }

    public static Verb Of(ClientVerbs clients)
    {
        var verb = new Verb("bench", "Load a node with orders and say how fast each was answered.",
            "monkonomy bench --rate 1000 --connections 8 --seconds 10", "monkonomy bench --in-flight 4 --batch 100 --connections 8 --json")
        {
            Notes =
            [
                "Its traders and their orders stay in the market: do it to a node of your own, started for it.",
                "A trader's rate is limited; limits.commands-per-second and limits.command-burst in cluster.hocon raise that.",
            ],
        };
        var bench = new BenchVerb();
        foreach (var option in (Option[])[bench._rate, bench._inFlight, bench._connections, bench._seconds, bench._door, bench._batch, bench._traders, bench._code, bench._yes]) { verb.Add(option); }
        verb.Validators.Add(given =>
        {
            if (given.GetResult(bench._rate) is not null && given.GetResult(bench._inFlight) is not null) { given.AddError("--rate and --in-flight are two ways to load; give one of them."); }
            if (given.GetResult(bench._door) is not null && given.GetValue(bench._door) is LoadDoor.Http && given.GetValue(bench._inFlight) > 1) { given.AddError("--in-flight is 1 over HTTP: a connection answers one request at a time."); }
        });
        return clients.Acting(verb, bench.RunAsync);
    }

    private async Task<int> RunAsync(ClientCall call, CancellationToken cancel)
    {
        if (!call.Node.Node.IsLoopback && !call.Value(_yes))
        {
            throw new WrongUsageException($"{call.Node.Node.Authority} is not on this machine; --yes loads it all the same. Ask its organiser first.");
        }
        var plan = Plan(call);
        if (call.Value(_code) is { } secret) { call.Terminal.Hide(secret); }
        try
        {
            var traders = await Joining.JoinAsync(
                call.Node, (int)(call.Value(_traders) ?? plan.Connections), call.Value(_code), count => SayJoined(call.Terminal, count), cancel);
            var report = await LoadRun.RunAsync(plan, traders, progress => Say(call.Terminal, progress), cancel);
            BenchTable.Show(call.Terminal, plan, report);
            return report.Unanswered == 0 ? ExitCode.Done : ExitCode.Failed;
        }
        catch (LoadFailedException failed)
        {
            call.Terminal.Tell("LOAD_FAILED", failed.Message);
            return ExitCode.Failed;
        }
    }

    private LoadPlan Plan(ClientCall call) => new()
    {
        Node = call.Node.Node,
        Market = call.Node.Market,
        Door = call.Value(_door) ?? LoadDoor.WebSocket,
        Connections = (int)(call.Value(_connections) ?? 8),
        Batch = (int)(call.Value(_batch) ?? 1),
        InFlight = (int)(call.Value(_inFlight) ?? 1),
        PerSecond = call.Value(_rate),
        Time = TimeSpan.FromSeconds(call.Value(_seconds) ?? 10),
    };

    private static void SayJoined(Terminal terminal, int count)
    {
        if (count % 100 == 0) { terminal.Say($"{count} traders have joined"); }
    }

    private static void Say(Terminal terminal, LoadProgress progress) => terminal.Say(string.Create(CultureInfo.InvariantCulture,
        $"{progress.Seconds,4:0} s  {progress.AnsweredPerSecond,10:n0} orders/s  {progress.Waiting,8:n0} waiting"));
}

/// <summary>What a load showed, as a table or as JSON.</summary>
internal static class BenchTable
{
    private static readonly double[] Quantiles = [0.5, 0.9, 0.99, 0.999, 1];

    public static void Show(Terminal terminal, LoadPlan plan, LoadReport report)
    {
        if (terminal.Json) { terminal.Write(ToJson(plan, report)); }
        else
        {
            terminal.Line(string.Create(CultureInfo.InvariantCulture, $"[bold]{report.OrdersPerSecond:n0} orders/s[/] answered, {Offered(plan)}"));
            terminal.Line(string.Join("  ", Quantiles.Select(quantile => string.Create(CultureInfo.InvariantCulture, $"{Name(quantile)} {report.Latency.Ms(quantile):0.###} ms"))));
            terminal.Line(string.Create(CultureInfo.InvariantCulture, $"ACCEPTED {report.Tally.AcceptedCount:n0}"));
            foreach (var (status, count) in report.Tally.Others) { terminal.Line(string.Create(CultureInfo.InvariantCulture, $"{terminal.Show(status)} {count:n0}")); }
        }
        Warn(terminal, report);
    }

    private static void Warn(Terminal terminal, LoadReport report)
    {
        if (report.FellBehind)
        {
            terminal.Say($"{report.Late} of {report.Requests} requests were sent more than 10 ms late, or none came to its time: less was offered than asked for. Offer less, or use more connections.");
        }
        if (report.Unanswered > 0) { terminal.Say($"{report.Unanswered} orders were not answered within 10 s of the end."); }
        if (report.Tally.Others.ContainsKey(Status.RateLimited.Name()))
        {
            terminal.Say("RATE_LIMITED: this was the node's limit of a trader and not its speed. Raise monkonomy.limits.commands-per-second and monkonomy.limits.command-burst in its cluster.hocon, or use more --traders with as many --connections.");
        }
    }

    private static JsonElement ToJson(LoadPlan plan, LoadReport report) => JsonSerializer.SerializeToElement(new
    {
        door = plan.Door is LoadDoor.Http ? "http" : "ws",
        connections = plan.Connections,
        batch = plan.Batch,
        offered = Offered(plan),
        seconds = report.Seconds,
        fellBehind = report.FellBehind,
        ordersPerSecond = report.OrdersPerSecond,
        latencyMs = Quantiles.ToDictionary(Name, report.Latency.Ms),
        statuses = report.Tally.Others.Append(new KeyValuePair<string, long>(Status.Accepted.Name(), report.Tally.AcceptedCount)).ToDictionary(),
        sentLate = report.Late,
        requests = report.Requests,
        unanswered = report.Unanswered,
    });

    private static string Offered(LoadPlan plan) => plan.PerSecond is { } rate
        ? string.Create(CultureInfo.InvariantCulture, $"{rate:n0}/s offered")
        : string.Create(CultureInfo.InvariantCulture, $"{plan.Connections} × {plan.InFlight} requests of {plan.Batch} kept in flight");

    private static string Name(double quantile) => quantile == 1 ? "max" : string.Create(CultureInfo.InvariantCulture, $"p{quantile * 100:0.#}");
}
