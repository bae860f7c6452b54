using Market.Actors.Journal;
using Market.Actors.Views;
using Market.Protocol.Wire;
using RabbitMQ.Client;

namespace Market.Node.Cluster;

/// <summary>
/// Shows this node's views what any node journaled. Turns come by the broker, soon but not surely; what is missing is read from the journal.
/// </summary>
/// <param name="missing">Called with a shard of which turns are missing.</param>
public sealed class FeedConsumer(IChannel channel, Topology topology, NodeViews views, Action<StreamId> missing, ILogger logger) : AsyncDefaultBasicConsumer(channel)
{
    /// <summary>Messages that may wait on the broker for a slow node; older ones go first, and are read from the journal.</summary>
    private const int MostWaiting = 1_000;

    public async Task ListenAsync(CancellationToken cancel)
    {
        var arguments = new Dictionary<string, object?> { ["x-max-length"] = MostWaiting };
        var queue = await Channel.QueueDeclareAsync("", durable: false, exclusive: true, autoDelete: true, arguments, cancellationToken: cancel);
        await Channel.QueueBindAsync(queue.QueueName, topology.Turns, "", cancellationToken: cancel);
        await Channel.BasicConsumeAsync(queue.QueueName, autoAck: true, this, cancel);
    }

    public override Task HandleBasicDeliverAsync(
        string consumerTag, ulong deliveryTag, bool redelivered, string exchange, string routingKey, IReadOnlyBasicProperties properties, ReadOnlyMemory<byte> body,
        CancellationToken cancellationToken = default)
    {
        try
        {
            foreach (var turn in TurnFeed.Read(body.Span)) { Show(turn); }
        }
        catch (Exception unsound) when (unsound is CorruptBytesException or JournalCorruptException)
        {
            logger.LogError("Turns from another node could not be shown: {Reason}", unsound.Message);
        }
        return Task.CompletedTask;
    }

    private void Show(in JournaledTurn turn)
    {
        if (views.Markets.TryGetValue(turn.Stream.Market, out var view) && !view.TryShow(turn)) { missing(turn.Stream); }
    }
}
