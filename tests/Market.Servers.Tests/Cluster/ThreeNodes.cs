using System.Net;
using Market.Actors.Journal;
using Market.Actors.Runtime;
using Market.Protocol.Values;
using Market.Servers.Tests.Servers;

namespace Market.Servers.Tests.Cluster;

/// <summary>A cluster as a room would have it: three nodes, each a process, a broker and a database, all private and on loopback, to be hurt.</summary>
public sealed class ThreeNodes : IAsyncLifetime
{
    public const string Cluster = "monkonomy";

    /// <summary>For pbm and for admin verbs, on every node.</summary>
    public const string AdminToken = "the-organiser-of-the-three";

    private readonly ServerFolder _folder = new();
    private Database? _database;
    private Watcher? _watcher;
    private Collector? _collector;

    internal RabbitServer Broker { get; private set; } = null!;

    internal PostgresServer Database => _database!.Server;

    internal IReadOnlyList<NodeProcess> Nodes { get; private set; } = [];

    /// <summary>The third node's ways to both, to be stalled.</summary>
    internal Line ToBroker { get; private set; } = null!;

    internal Line ToDatabase { get; private set; } = null!;

    internal Watcher Watcher => _watcher!;

    /// <summary>Is sent the spans of orders that come with a trace.</summary>
    internal Collector Collector => _collector!;

    /// <summary>Of the one market, by the defaults.</summary>
    public static IReadOnlyList<StreamId> Shards { get; } = [.. Enumerable.Range(0, 16).Select(shard => new StreamId(MarketId.Of("banana"), shard))];

    internal Uri[] Doors => [.. Nodes.Select(node => node.Address)];

    /// <summary>Returns when all three take part in even shares. At the first call it starts everything, later what a test has ended.</summary>
    internal async Task WholeAsync()
    {
        if (Nodes.Count == 0) { await BeginAsync(); }
        foreach (var node in Nodes) { node.Revive(); } // whatever a test that failed left behind
        ToBroker.Mend();
        ToDatabase.Mend();
        _watcher ??= await Watcher.StartAsync(Broker.Address(), Cluster, Shards);
        await EvenAsync([.. Nodes.Select(node => node.Name)]);
    }

    /// <summary>Returns when these nodes, and no others, own all shards in even shares.</summary>
    /// <exception cref="TimeoutException">They do not come to it; says what each owns, and what it wrote last.</exception>
    internal async Task EvenAsync(params string[] nodes)
    {
        try
        {
            await Eventually.TrueAsync(() => Watcher.IsEven(nodes));
        }
        catch (OperationCanceledException)
        {
            var owned = Watcher.Owned.Select(node => $"{node.Key} owns {string.Join(' ', node.Value.Select(shard => shard.Shard).Order())}");
            var logs = Nodes.SelectMany(node => File.ReadLines(node.Log).TakeLast(5).Select(line => $"{node.Name}: {line}"));
            throw new TimeoutException($"Shares do not become even.\n{string.Join('\n', owned)}\n{string.Join('\n', logs)}");
        }
    }

    /// <summary>After the broker was stopped or killed and is started again.</summary>
    internal async Task WatchAgainAsync()
    {
        await _watcher!.DisposeAsync();
        _watcher = null;
        await WholeAsync();
    }

    /// <summary>The node that owns a shard, as it says itself.</summary>
    internal NodeProcess OwnerOf(StreamId shard) => Nodes.Single(node => Watcher.Owned.TryGetValue(node.Name, out var owned) && owned.Contains(shard));

    /// <summary>The shard that a trader of the bots' team lives on.</summary>
    internal static StreamId ShardOf(string trader) => new(MarketId.Of("banana"), new Placement(MarketId.Of("banana"), Shards.Count).Of(new TraderKey("BONOBO", trader)));

    public Task InitializeAsync() => Task.CompletedTask;

    public async Task DisposeAsync()
    {
        foreach (var node in Nodes) { node.Dispose(); }
        if (_watcher is not null) { await _watcher.DisposeAsync(); }
        if (Broker is not null)
        {
            Broker.Kill();
            Broker.Dispose();
        }
        if (ToBroker is not null) { await ToBroker.DisposeAsync(); }
        if (ToDatabase is not null) { await ToDatabase.DisposeAsync(); }
        if (_collector is not null) { await _collector.DisposeAsync(); }
        _database?.Dispose();
        _folder.Dispose();
    }

    private async Task BeginAsync()
    {
        Needed.Server(RabbitServer.Missing);
        _collector = await Collector.StartAsync();
        _database = new Database();
        Broker = RabbitServer.Start(Path.Combine(_folder.Path, "broker"), RabbitPorts.Free());
        (ToBroker, ToDatabase) = (new Line(IPAddress.Loopback, Broker.Address().Port), new Line(IPAddress.Loopback, Database.Port));
        Nodes = [NewNode("node-1", Broker.Address().Port, Database.Port), NewNode("node-2", Broker.Address().Port, Database.Port), NewNode("node-3", ToBroker.Place.Port, ToDatabase.Place.Port)];
        foreach (var node in Nodes) { node.Start(); }
    }

    private NodeProcess NewNode(string name, int broker, int database) => new(
        Path.Combine(AppContext.BaseDirectory, "monkonomy.dll"), Path.Combine(_folder.Path, name), name, new Dictionary<string, string>
        {
            ["MARKET_RABBITMQ"] = new UriBuilder(Broker.Address()) { Port = broker }.Uri.ToString(),
            ["MARKET_POSTGRES"] = $"{Database.As(Servers.Database.Node)};Port={database}",
            ["MARKET_POSTGRES_OWNER"] = $"{Database.As(Servers.Database.Owner)};Port={database}",
            ["MARKET_TOKEN_KEY"] = "a key for tests that is long enough, and no secret",
            ["MARKET_ADMIN_TOKEN"] = AdminToken,
            ["MONKONOMY_TELEMETRY_OTLP"] = Collector.Address,
            ["MONKONOMY_TELEMETRY_SAMPLE"] = "0",
            ["OTEL_BSP_SCHEDULE_DELAY"] = "200",
        });
}

[CollectionDefinition(nameof(ThreeNodes))]
public sealed class ThreeNodesTests : ICollectionFixture<ThreeNodes>;
