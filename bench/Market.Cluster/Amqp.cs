using System.Collections.Concurrent;
using System.Diagnostics;
using System.Globalization;
using System.Text;
using System.Text.Json;
using Market.Node.Cli.Client;
using Market.Node.Cluster;
using Market.Node.Doors.Amqp;
using Market.Node.Load;
using Market.Protocol.Values;
using RabbitMQ.Client;

namespace Market.Cluster;

/// <summary>Clients of the broker's exchanges, one order a message, answered and durable, beside the broker with no market.</summary>
internal static class Amqp
{
    private const string Name = "amqp-single";
    private const int Traders = 100;
    private const int InFlight = 2_000;
    private const double Floor = 15_000;

    private static readonly MarketId Banana = MarketId.Of("banana");
    private static readonly TimeSpan WarmUp = TimeSpan.FromSeconds(6);

    /// <param name="alone">Messages a second of the broker alone; null when that was not measured.</param>
    public static async Task RunAsync(Machine machine, TimeSpan time, double? alone, ClusterTable table, CancellationToken cancel)
    {
        if (!table.Wants(Name)) { return; }
        using var shards = machine.NewNode("amqp", "shards", "shards, views");
        using var door = machine.NewNode("amqp", "door", "door, views");
        shards.Start();
        door.Start();
        await Waiting.ReadyAsync(door.Address, cancel);
        ClusterTable.Progress($"{Name} …");
        using var http = new NodeClient(door.Address, Banana);
        var traders = await Joining.JoinAsync(http, Traders, null, _ => { }, cancel);
        using var run = new Run(traders);
        await run.MeasureAsync(machine.Broker, time, cancel);
        var perSecond = run.Answered / time.TotalSeconds;
        var share = alone is { } limit ? perSecond / limit : 1;
        table.Add(new ClusterRow(
            Name, string.Create(CultureInfo.InvariantCulture, $"{InFlight:n0} in flight"), perSecond, run.Ms(0.5), run.Ms(0.9), run.Ms(0.99), run.Ms(1),
            "≥ 15,000/s, 60 % of the broker alone", perSecond >= Floor && share >= 0.6, run.Refused));
    }

    private sealed class Run(LoadTrader[] traders) : IDisposable
    {
        private readonly SemaphoreSlim _room = new(InFlight);
        private readonly ConcurrentDictionary<string, long> _sent = new();
        private readonly List<double> _ms = [];
        private bool _counts;

        public int Answered => _ms.Count;

        public long Refused { get; private set; }

        public double Ms(double quantile) => _ms.Order().ElementAt((int)((_ms.Count - 1) * quantile));

        public async Task MeasureAsync(Uri broker, TimeSpan time, CancellationToken cancel)
        {
            await using var connection = await new ConnectionFactory { Uri = broker }.CreateConnectionAsync(cancel);
            await using var consuming = await connection.CreateChannelAsync(cancellationToken: cancel);
            var own = (await consuming.QueueDeclareAsync(cancellationToken: cancel)).QueueName;
            await consuming.QueueBindAsync(own, Exchanges.Results, "banana.#", cancellationToken: cancel);
            await consuming.BasicConsumeAsync(own, autoAck: true, new Listener(consuming, Told), cancel);
            await using var publisher = new ConfirmedChannel(await connection.CreateChannelAsync(ConfirmedChannel.Options, cancel), reason => throw new InvalidOperationException(reason));
            var start = Stopwatch.GetTimestamp();
            for (var i = 0; Stopwatch.GetElapsedTime(start) < WarmUp + time; i++)
            {
                _counts = Stopwatch.GetElapsedTime(start) >= WarmUp;
                await _room.WaitAsync(cancel);
                await SendAsync(publisher, i, cancel);
            }
            _counts = false;
        }

        public void Dispose() => _room.Dispose();

        private Task SendAsync(ConfirmedChannel publisher, int number, CancellationToken cancel)
        {
            var trader = traders[number % traders.Length];
            var txnId = number.ToString(CultureInfo.InvariantCulture);
            _sent[txnId] = Stopwatch.GetTimestamp();
            var side = number / traders.Length % 2 == 0 ? "SELL" : "BUY"; // five shares at first
            var body = Encoding.UTF8.GetBytes($$"""{"time":"2026-01-31T12:00:00.000Z","txnId":"{{txnId}}","type":"{{side}}","shares":1}""");
            var properties = new BasicProperties { DeliveryMode = DeliveryModes.Persistent, Headers = new Dictionary<string, object?> { ["token"] = trader.Token } };
            return publisher.PublishAsync(Exchanges.Orders, Exchanges.Key(Banana, trader.Trader)!, properties, body, mandatory: true, null, cancel);
        }

        private void Told(ReadOnlyMemory<byte> body)
        {
            using var json = JsonDocument.Parse(body);
            if (!_sent.TryRemove(json.RootElement.GetProperty("txnId").GetString()!, out var sent)) { return; }
            _room.Release();
            if (json.RootElement.GetProperty("status").GetString() != "ACCEPTED") { Refused++; }
            if (_counts) { _ms.Add(Stopwatch.GetElapsedTime(sent).TotalMilliseconds); }
        }
    }

    private sealed class Listener(IChannel channel, Action<ReadOnlyMemory<byte>> told) : AsyncDefaultBasicConsumer(channel)
    {
        public override Task HandleBasicDeliverAsync(
            string consumerTag, ulong deliveryTag, bool redelivered, string exchange, string routingKey, IReadOnlyBasicProperties properties, ReadOnlyMemory<byte> body,
            CancellationToken cancellationToken = default)
        {
            told(body);
            return Task.CompletedTask;
        }
    }
}
