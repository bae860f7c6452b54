using System.Text.Json;
using Market.Node.Cluster;
using Market.Node.Doors.Amqp;
using Market.Node.Load;
using Market.Protocol.Messages;
using Market.Protocol.Values;
using RabbitMQ.Client;

namespace Market.Cluster;

/// <summary>
/// The broker with no market, for the door over AMQP: the same clients send the same orders to the same exchanges and the same kind of queue, and a consumer
/// answers each at once with a result of the same bytes, in memory.
/// </summary>
internal static class AmqpAlone
{
    public const string Name = "amqp-broker-alone";

    /// <summary>As of the door.</summary>
    private const ushort Prefetch = 1_000;

    private const int AcknowledgeEvery = 50;

    private static readonly TraderState State = TraderState.Initial(new Timestamp(1_600_000_000_000));

    public static async Task RunAsync(Machine machine, TimeSpan time, ClusterTable table, CancellationToken cancel)
    {
        if (!table.Wants(Name)) { return; }
        ClusterTable.Progress($"{Name} …");
        var exchanges = new Exchanges("alone");
        await using var connection = await new ConnectionFactory { Uri = machine.Broker, AutomaticRecoveryEnabled = false }.CreateConnectionAsync(cancel);
        await using var channel = await connection.CreateChannelAsync(cancellationToken: cancel);
        await exchanges.DeclareAsync(channel, cancel);
        await channel.BasicQosAsync(0, Prefetch, global: false, cancel);
        await using var results = new ConfirmedChannel(await connection.CreateChannelAsync(ConfirmedChannel.Options, cancel), reason => throw new InvalidOperationException(reason), () => { });
        await channel.BasicConsumeAsync(exchanges.CommandQueue, autoAck: false, new Echo(channel, results), cancel);
        var traders = Enumerable.Range(0, 100).Select(i => new LoadTrader(new TraderKey("BONOBO", $"bench-0a1b2c3d-{i}"), new string('x', 230))).ToArray();
        using var clients = new AmqpClients(traders);
        await clients.MeasureAsync(machine.Broker, time, cancel);
        await channel.QueueDeleteAsync(exchanges.CommandQueue, cancellationToken: cancel);
        await channel.QueueDeleteAsync(exchanges.GibbQueue, cancellationToken: cancel);
        table.Add(new ClusterRow(Name, $"{AmqpClients.InFlight:n0} in flight", clients.Answered / time.TotalSeconds, clients.Ms(0.5), clients.Ms(0.9), clients.Ms(0.99), clients.Ms(1), "", Holds: true));
    }

    private sealed class Echo(IChannel channel, ConfirmedChannel results) : AsyncDefaultBasicConsumer(channel)
    {
        public override async Task HandleBasicDeliverAsync(
            string consumerTag, ulong deliveryTag, bool redelivered, string exchange, string routingKey, IReadOnlyBasicProperties properties, ReadOnlyMemory<byte> body,
            CancellationToken cancellationToken = default)
        {
            var letter = Letter.Of(routingKey, new Result { TxnId = TxnId(body), Type = ResultType.Market, Status = Status.Accepted, State = State, Price = Coins.Whole(1) });
            await results.PublishAsync(letter.Exchange, letter.RoutingKey, letter.Properties, letter.Body, mandatory: false, null, cancellationToken);
            if (deliveryTag % AcknowledgeEvery == 0) { await Channel.BasicAckAsync(deliveryTag, multiple: true, cancellationToken); }
        }

        private static string TxnId(ReadOnlyMemory<byte> body)
        {
            using var json = JsonDocument.Parse(body);
            return json.RootElement.GetProperty("txnId").GetString()!;
        }
    }
}
