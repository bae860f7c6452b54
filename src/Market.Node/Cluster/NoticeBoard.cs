using Market.Actors.Cluster;
using Market.Protocol.Wire;
using RabbitMQ.Client;

namespace Market.Node.Cluster;

/// <summary>Tells all nodes, and hears what they tell; itself included, so that each believes the same.</summary>
public sealed class NoticeBoard(IChannel channel, Topology topology, Action<Notice> heard) : AsyncDefaultBasicConsumer(channel)
{
    public async Task ListenAsync(CancellationToken cancel)
    {
        var queue = await Channel.QueueDeclareAsync("", durable: false, exclusive: true, autoDelete: true, cancellationToken: cancel);
        await Channel.QueueBindAsync(queue.QueueName, topology.Nodes, "", cancellationToken: cancel);
        await Channel.BasicConsumeAsync(queue.QueueName, autoAck: true, this, cancel);
    }

    /// <summary>Returns when the broker has it.</summary>
    public async Task TellAsync(Notice notice, CancellationToken cancel) =>
        await Channel.BasicPublishAsync(topology.Nodes, "", mandatory: false, NoticeCodec.Write(notice), cancel);

    public override Task HandleBasicDeliverAsync(
        string consumerTag, ulong deliveryTag, bool redelivered, string exchange, string routingKey, IReadOnlyBasicProperties properties, ReadOnlyMemory<byte> body,
        CancellationToken cancellationToken = default)
    {
        try
        {
            heard(NoticeCodec.Read(body.Span));
        }
        catch (CorruptBytesException)
        {
            // Of a release that this node does not know: what it tells matters to those who do.
        }
        return Task.CompletedTask;
    }
}
