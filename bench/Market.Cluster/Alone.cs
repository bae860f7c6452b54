using System.Diagnostics;
using System.Globalization;
using Market.Actors.Cluster;
using Market.Node.Cluster;
using Market.Protocol.Messages;
using Market.Protocol.Values;
using Market.Protocol.Wire;
using RabbitMQ.Client;

namespace Market.Cluster;

/// <summary>The broker with no market: the same mail into the same kind of queues, published with confirms, consumed and acknowledged.</summary>
internal static class Alone
{
    private const int Queues = 16;

    private static readonly Dictionary<string, object?> ForOneOwner = new() { ["x-queue-type"] = "quorum", ["x-single-active-consumer"] = true };

    public static async Task RunAsync(Machine machine, TimeSpan time, ClusterTable table, CancellationToken cancel)
    {
        foreach (var orders in (int[])[100, 1])
        {
            var name = $"broker-alone-{orders}";
            if (!table.Wants(name)) { continue; }
            ClusterTable.Progress($"{name} …");
            var perSecond = await MeasureAsync(machine.Broker, Mail(orders), time, cancel);
            table.Add(new ClusterRow(name, "1,000 messages to confirm", perSecond * orders, null, null, null, null, "", Holds: true));
        }
    }

    private static byte[] Mail(int orders)
    {
        var commands = Enumerable.Range(0, orders).Select(i => new TicketedCommand(
            i, new TraderKey("BONOBO", string.Create(CultureInfo.InvariantCulture, $"bench-0a1b2c3d-{i}")), TraderCommand.Buy(string.Create(CultureInfo.InvariantCulture, $"{i:d13}"), 1)));
        var bytes = new BytesWriter();
        ShardMailCodec.Write(bytes, new CommandMail("door", 0, [.. commands]));
        return bytes.Written.ToArray();
    }

    /// <returns>Messages a second, consumed and acknowledged.</returns>
    private static async Task<double> MeasureAsync(Uri broker, byte[] mail, TimeSpan time, CancellationToken cancel)
    {
        await using var connection = await new ConnectionFactory { Uri = broker, AutomaticRecoveryEnabled = false }.CreateConnectionAsync(cancel);
        await using var channel = await connection.CreateChannelAsync(cancellationToken: cancel);
        var names = Enumerable.Range(0, Queues).Select(i => $"alone-{mail.Length}-{i}").ToArray();
        var consumers = new List<Counter>();
        foreach (var queue in names)
        {
            await channel.QueueDeclareAsync(queue, durable: true, exclusive: false, autoDelete: false, ForOneOwner, cancellationToken: cancel);
            var consuming = await connection.CreateChannelAsync(cancellationToken: cancel);
            await consuming.BasicQosAsync(0, ShardConsumer.Prefetch, global: false, cancel);
            consumers.Add(new Counter(consuming));
            await consuming.BasicConsumeAsync(queue, autoAck: false, consumers[^1], cancel);
        }
        await using var publisher = new ConfirmedChannel(await connection.CreateChannelAsync(ConfirmedChannel.Options, cancel), reason => throw new InvalidOperationException(reason));
        var start = Stopwatch.GetTimestamp();
        for (var i = 0; Stopwatch.GetElapsedTime(start) < time; i++) { await publisher.PublishAsync("", names[i % Queues], mail, mandatory: true, null, cancel); }
        var perSecond = consumers.Sum(consumer => consumer.Count) / Stopwatch.GetElapsedTime(start).TotalSeconds;
        foreach (var queue in names) { await channel.QueueDeleteAsync(queue, cancellationToken: cancel); }
        return perSecond;
    }

    private sealed class Counter(IChannel channel) : AsyncDefaultBasicConsumer(channel)
    {
        private long _count;

        public long Count => Volatile.Read(ref _count);

        public override async Task HandleBasicDeliverAsync(
            string consumerTag, ulong deliveryTag, bool redelivered, string exchange, string routingKey, IReadOnlyBasicProperties properties, ReadOnlyMemory<byte> body,
            CancellationToken cancellationToken = default)
        {
            Volatile.Write(ref _count, _count + 1);
            await Channel.BasicAckAsync(deliveryTag, multiple: false, cancellationToken);
        }
    }
}
