using RabbitMQ.Client;

namespace Market.Servers.Tests.Servers;

/// <summary>One RabbitMQ for all tests that leave it running, started by the first that asks; each has a virtual host of its own.</summary>
public sealed class Brokers : IDisposable
{
    private readonly ServerFolder _folder = new();
    private RabbitServer? _server;
    private int _hosts;

    /// <summary>To a virtual host of its own.</summary>
    public async Task<IConnection> ConnectAsync() => await new ConnectionFactory { Uri = await NewHostAsync() }.CreateConnectionAsync();

    public async Task<Uri> NewHostAsync()
    {
        Needed.Server(RabbitServer.Missing);
        _server ??= RabbitServer.Start(_folder.Path, RabbitPorts.Free());
        return await _server.NewHostAsync($"test{++_hosts}");
    }

    /// <summary>Ends everybody's connections, once a test has asked for a virtual host.</summary>
    public Task CloseConnectionsAsync() => _server!.CloseConnectionsAsync();

    public void Dispose()
    {
        _server?.Kill();
        _server?.Dispose();
        _folder.Dispose();
    }
}

[CollectionDefinition(nameof(Brokers))]
public sealed class BrokerTests : ICollectionFixture<Brokers>;
