using Market.Actors.Journal;
using RabbitMQ.Client;

namespace Market.Node.Cluster;

/// <summary>
/// What the cluster keeps on the broker, by name. Everything begins with the cluster's own name, so that several can share a broker.
/// <code>
/// NAME.shard.MARKET.N   quorum queue, single active consumer: a shard's mail; its consumer owns the shard
/// NAME.door.NODE.RANDOM exclusive queue: answers for what the node's doors asked in one session
/// NAME.rejects          fanout exchange and queue: mail that could not be handled
/// NAME.turns            fanout exchange: what was journaled, for the views of every node
/// NAME.nodes            fanout exchange: who is there, and who hands what over
/// </code>
/// </summary>
public sealed class Topology(string name)
{
    /// <summary>Deliveries of one mail before it is set aside: far more than owners die in a row by chance.</summary>
    private const int MostDeliveries = 50;

    public string Turns => $"{name}.turns";

    public string Nodes => $"{name}.nodes";

    /// <summary>Mail set aside; a queue of the same name keeps it for the operator.</summary>
    public string Rejects => $"{name}.rejects";

    public string ShardQueue(StreamId shard) => $"{name}.shard.{shard.Market}.{shard.Shard}";

    public string DoorQueue(string door) => $"{name}.door.{door}";

    /// <summary>Declares what outlives a connection. Many nodes may do so at once.</summary>
    public async Task DeclareAsync(IChannel channel, IEnumerable<StreamId> shards, CancellationToken cancel)
    {
        await channel.ExchangeDeclareAsync(Turns, ExchangeType.Fanout, durable: true, cancellationToken: cancel);
        await channel.ExchangeDeclareAsync(Nodes, ExchangeType.Fanout, durable: true, cancellationToken: cancel);
        await channel.ExchangeDeclareAsync(Rejects, ExchangeType.Fanout, durable: true, cancellationToken: cancel);
        await channel.QueueDeclareAsync(Rejects, durable: true, exclusive: false, autoDelete: false, RejectArguments, cancellationToken: cancel);
        await channel.QueueBindAsync(Rejects, Rejects, "", cancellationToken: cancel);
        foreach (var shard in shards)
        {
            await channel.QueueDeclareAsync(ShardQueue(shard), durable: true, exclusive: false, autoDelete: false, ShardArguments, cancellationToken: cancel);
        }
    }

    private static readonly Dictionary<string, object?> RejectArguments = new() { ["x-queue-type"] = "quorum", ["x-max-length"] = 10_000 };

    /// <summary>Mail that nobody can read, or that comes back again and again, is set aside rather than stop owner after owner.</summary>
    private Dictionary<string, object?> ShardArguments => new()
    {
        ["x-queue-type"] = "quorum",
        ["x-single-active-consumer"] = true,
        ["x-delivery-limit"] = MostDeliveries,
        ["x-dead-letter-exchange"] = Rejects,
    };
}
