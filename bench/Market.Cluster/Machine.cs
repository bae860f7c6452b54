using Market.Servers;

namespace Market.Cluster;

/// <summary>A broker and a database of this run's own, and nodes on them.</summary>
internal sealed class Machine : IDisposable
{
    /// <summary>Limits out of the way, and a price that stands still at one coin, so that no order is refused.</summary>
    private const string ForLoad = """

        monkonomy.limits { commands-per-second = 1000000000, command-burst = 1000000000, joins-per-second = 100000 }
        monkonomy.market.price { mu = 0, sigma = 0 }

        """;

    private readonly string _folder;
    private readonly RabbitServer _broker;
    private readonly PostgresServer _database;
    private int _nodes;

    private Machine(string folder, RabbitServer broker, PostgresServer database) => (_folder, _broker, _database) = (folder, broker, database);

    public Uri Broker => _broker.Address();

    /// <exception cref="InvalidOperationException">A server is not installed, and how it is; or does not start.</exception>
    public static Machine Start(string within)
    {
        if ((RabbitServer.Missing ?? PostgresServer.Missing) is { } missing) { throw new InvalidOperationException(missing); }
        var folder = Directory.CreateDirectory(Path.Combine(within, $"monkonomy-cluster-{Guid.NewGuid():n}")).FullName;
        if (!OperatingSystem.IsWindows()) { File.SetUnixFileMode(folder, File.GetUnixFileMode(folder) | UnixFileMode.GroupExecute | UnixFileMode.OtherExecute); }
        ClusterTable.Progress("Starting broker and database …");
        return new Machine(folder, RabbitServer.Start(Path.Combine(folder, "broker"), RabbitPorts.Free()), PostgresServer.Start(Path.Combine(folder, "database"), FreePort.Next()));
    }

    /// <summary>A node that is not started yet.</summary>
    /// <param name="cluster">Nodes of one name are one cluster.</param>
    /// <param name="roles">As in cluster.hocon.</param>
    public NodeProcess NewNode(string cluster, string name, string roles)
    {
        var folder = Directory.CreateDirectory(Path.Combine(_folder, $"{cluster}-{++_nodes}")).FullName;
        var config = Path.Combine(folder, "cluster.hocon");
        File.WriteAllText(config, $"{File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "cluster.hocon"))}{ForLoad}monkonomy.cluster {{ name = {cluster}, roles = [{roles}] }}\n");
        return new NodeProcess(Path.Combine(AppContext.BaseDirectory, "monkonomy.dll"), folder, name, Environment, null, "--config", config);
    }

    public void Dispose()
    {
        _broker.Kill();
        _broker.Dispose();
        _database.Dispose();
        Directory.Delete(_folder, recursive: true);
    }

    private Dictionary<string, string> Environment => new()
    {
        ["MARKET_RABBITMQ"] = Broker.ToString(),
        ["MARKET_POSTGRES"] = _database.ConnectionString,
        ["MARKET_TOKEN_KEY"] = "of a benchmark, which keeps no secrets",
    };
}
