using System.Threading.Channels;
using Market.Servers.Tests.Servers;
using RabbitMQ.Client;
using RabbitMQ.Client.Events;

namespace Market.Servers.Tests.Queues;

/// <summary>What a shard's queue is to be made of, seen on a real broker.</summary>
[Collection(nameof(Brokers))]
public sealed class QuorumQueueTests(Brokers brokers)
{
    private const int Messages = 100;
    private const string Queue = "banana-0";

    private static readonly TimeSpan Longest = TimeSpan.FromSeconds(30);

    private static readonly Dictionary<string, object?> ForOneOwner = new() { ["x-queue-type"] = "quorum", ["x-single-active-consumer"] = true };

    [SkippableFact]
    public async Task One_consumer_has_the_queue_until_it_leaves_and_the_next_gets_in_order_what_was_not_acknowledged()
    {
        await using var connection = await brokers.ConnectAsync();
        await using var publisher = await connection.CreateChannelAsync(new CreateChannelOptions(publisherConfirmationsEnabled: true, publisherConfirmationTrackingEnabled: true));
        await publisher.QueueDeclareAsync(Queue, durable: true, exclusive: false, autoDelete: false, ForOneOwner);
        var (owner, ownersMail) = await ConsumeAsync(connection);
        var (heir, heirsMail) = await ConsumeAsync(connection);
        for (var i = 0; i < Messages; i++) { await publisher.BasicPublishAsync("", Queue, mandatory: true, new BasicProperties { Persistent = true }, new[] { (byte)i }); }

        for (var i = 0; i < Messages; i++)
        {
            var (tag, number) = await NextAsync(ownersMail);
            number.ShouldBe(i);
            if (i == 29) { await owner.BasicAckAsync(tag, multiple: true); }
        }
        heirsMail.TryRead(out _).ShouldBeFalse();
        await owner.DisposeAsync();

        for (var i = 30; i < Messages; i++)
        {
            var (tag, number) = await NextAsync(heirsMail);
            number.ShouldBe(i);
            if (i == Messages - 1) { await heir.BasicAckAsync(tag, multiple: true); }
        }
        await heir.DisposeAsync();
        (await publisher.MessageCountAsync(Queue)).ShouldBe(0u);
    }

    private static async Task<(ulong Tag, int Number)> NextAsync(ChannelReader<(ulong, int)> mail)
    {
        using var late = new CancellationTokenSource(Longest);
        return await mail.ReadAsync(late.Token);
    }

    private static async Task<(IChannel, ChannelReader<(ulong, int)>)> ConsumeAsync(IConnection connection)
    {
        var channel = await connection.CreateChannelAsync();
        await channel.BasicQosAsync(0, Messages, global: false);
        var mail = Channel.CreateUnbounded<(ulong, int)>();
        var consumer = new AsyncEventingBasicConsumer(channel);
        consumer.ReceivedAsync += async (_, delivered) => await mail.Writer.WriteAsync((delivered.DeliveryTag, delivered.Body.Span[0]));
        await channel.BasicConsumeAsync(Queue, autoAck: false, consumer);
        return (channel, mail.Reader);
    }
}
