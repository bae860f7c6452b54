using System.Globalization;
using System.Net;
using Market.Servers;

namespace Market.Chaos.Machines;

/// <summary>A broker, a database and the nodes that share a market over them; all private, all processes of this machine.</summary>
internal sealed class Room : IAsyncDisposable
{
    public const string Cluster = "monkonomy";

    private readonly RabbitPorts _ports = RabbitPorts.Free();
    private readonly List<Machine> _machines = [];
    private readonly TimeSpan _longestInvestment;

    /// <param name="folder">For all that they keep.</param>
    /// <param name="longestInvestment">A rule of the market.</param>
    public Room(string folder, TimeSpan longestInvestment)
    {
        (Folder, _longestInvestment) = (folder, longestInvestment);
        if (!OperatingSystem.IsWindows()) { File.SetUnixFileMode(folder, File.GetUnixFileMode(folder) | UnixFileMode.GroupExecute | UnixFileMode.OtherExecute); } // root's database is another user
        Database = PostgresServer.Start(Path.Combine(folder, "database"), FreePort.Next());
        Broker = RabbitServer.Start(Path.Combine(folder, "broker"), _ports);
    }

    /// <summary>What is missing on this machine, and how to install it; null when nothing is.</summary>
    public static string? Missing => PostgresServer.Missing ?? RabbitServer.Missing;

    public string Folder { get; }

    public RabbitServer Broker { get; }

    public PostgresServer Database { get; }

    public IReadOnlyList<Machine> Machines => _machines;

    public Uri[] Doors => [.. _machines.Select(machine => machine.Door)];

    /// <summary>Adds a node and starts it.</summary>
    /// <param name="network">Its own; null for ours.</param>
    public Task AddAsync(string name, NetworkNamespace? network)
    {
        var near = network?.Ours ?? IPAddress.Loopback;
        var (toBroker, toDatabase) = (new Line(near, _ports.Amqp), new Line(near, Database.Port));
        var node = new NodeProcess(Path.Combine(AppContext.BaseDirectory, "monkonomy.dll"), Path.Combine(Folder, name), name, new Dictionary<string, string>
        {
            ["MARKET_RABBITMQ"] = $"amqp://guest:guest@{toBroker.Place}/",
            ["MARKET_POSTGRES"] = $"Host={toDatabase.Place.Address};Port={toDatabase.Place.Port};Username=postgres;Database=postgres",
            ["MARKET_TOKEN_KEY"] = "of a cluster that lives for minutes",
            ["MONKONOMY_CLUSTER_NAME"] = Cluster,
            ["MONKONOMY_MARKETS_BANANA_TRADER_REMEMBERED_ANSWERS"] = "512", // 42 commands a second of each trader, for the 10 s that one may be held up
            ["MONKONOMY_MARKETS_BANANA_PLANTATION_LONGEST_WAIT"] = string.Create(CultureInfo.InvariantCulture, $"{_longestInvestment.TotalSeconds:0}s"),
        }, null, "--bots", "0")
        {
            Listens = network?.Theirs ?? IPAddress.Loopback,
            Inside = network?.Inside ?? [],
        };
        var machine = new Machine(node, toBroker, toDatabase, network);
        _machines.Add(machine);
        return machine.StartAsync();
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var machine in _machines) { await machine.DisposeAsync(); }
        Broker.Kill();
        Broker.Dispose();
        Database.Dispose();
    }
}
