using Market.Actors.Cluster;
using RabbitMQ.Client;

namespace Market.Node.Cluster;

/// <summary>The answers that come back for this node's doors.</summary>
public sealed class DoorConsumer(IChannel channel, Topology topology, string door, DoorDesk desk) : AsyncDefaultBasicConsumer(channel)
{
    public async Task ListenAsync(CancellationToken cancel)
    {
        await Channel.QueueDeclareAsync(topology.DoorQueue(door), durable: false, exclusive: true, autoDelete: true, cancellationToken: cancel);
        await Channel.BasicConsumeAsync(topology.DoorQueue(door), autoAck: true, this, cancel);
    }

    public override Task HandleBasicDeliverAsync(
        string consumerTag, ulong deliveryTag, bool redelivered, string exchange, string routingKey, IReadOnlyBasicProperties properties, ReadOnlyMemory<byte> body,
        CancellationToken cancellationToken = default)
    {
        ReplyReader.Read(body.Span, desk);
        return Task.CompletedTask;
    }
}
