using RabbitMQ.Client;

namespace Market.Node.Cluster;

/// <summary>Something of this node that talks over the cluster's connection, anew in each session.</summary>
public interface ISessionPart
{
    /// <summary>Opens what it needs and starts what it runs. All of it ends with the session; nothing is mended within one.</summary>
    Task BeginAsync(IBrokerSession session, CancellationToken cancel);
}

/// <summary>A session as its parts see it. What breaks of what they open or run ends it.</summary>
public interface IBrokerSession
{
    Task<IChannel> ChannelAsync();

    /// <param name="toClients">What is published there goes to queues of clients, which may refuse it.</param>
    Task<ConfirmedChannel> ConfirmedAsync(bool toClients = false);

    /// <summary>Runs until it ends by itself or the session does.</summary>
    void Run(Func<CancellationToken, Task> part);
}
