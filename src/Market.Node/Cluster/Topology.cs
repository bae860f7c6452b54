using Market.Actors.Journal;
using RabbitMQ.Client;

namespace Market.Node.Cluster;

/// <summary>
/// What the cluster keeps on the broker, by name. Everything begins with the cluster's own name, so that several can share a broker.
/// <code>
/// NAME.shard.MARKET.N   quorum queue, single active consumer: a shard's mail; its consumer owns the shard
/// NAME.door.NODE        exclusive queue: answers for what the node's doors asked
/// NAME.turns            fanout exchange: what was journaled, for the views of every node
/// NAME.nodes            fanout exchange: who is there, and who hands what over
/// </code>
/// </summary>
public sealed class Topology(string name)
{
    public string Turns => $"{name}.turns";

    public string Nodes => $"{name}.nodes";

    public string ShardQueue(StreamId shard) => $"{name}.shard.{shard.Market}.{shard.Shard}";

    public string DoorQueue(string node) => $"{name}.door.{node}";

    /// <summary>Declares what outlives a connection. Many nodes may do so at once.</summary>
    public async Task DeclareAsync(IChannel channel, IEnumerable<StreamId> shards, CancellationToken cancel)
    {
        await channel.ExchangeDeclareAsync(Turns, ExchangeType.Fanout, durable: true, cancellationToken: cancel);
        await channel.ExchangeDeclareAsync(Nodes, ExchangeType.Fanout, durable: true, cancellationToken: cancel);
        foreach (var shard in shards)
        {
            await channel.QueueDeclareAsync(ShardQueue(shard), durable: true, exclusive: false, autoDelete: false, ShardArguments, cancellationToken: cancel);
        }
    }

    /// <summary>
    /// Mail that comes back too often is poison: after so many deliveries the broker moves it to the dead-letter exchange rather than kill owner after owner.
    /// </summary>
    private static readonly Dictionary<string, object?> ShardArguments = new()
    {
        ["x-queue-type"] = "quorum",
        ["x-single-active-consumer"] = true,
    };
}
