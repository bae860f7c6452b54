using System.Collections.Concurrent;
using System.Diagnostics;
using System.Text;
using System.Text.Json;
using Market.Node.Cluster;
using Market.Node.Doors.Amqp;
using Market.Node.Load;
using Market.Protocol.Values;
using RabbitMQ.Client;

namespace Market.Cluster;

/// <summary>
/// Traders at the broker's exchanges: a few connections that publish one order a message with confirms, and one that is told all results. So many orders
/// are kept without an answer.
/// </summary>
internal sealed class AmqpClients(LoadTrader[] traders) : IDisposable
{
    public const int InFlight = 2_000;

    /// <summary>The broker lets a channel have 32 messages on their way into a quorum queue, so one would measure that bound.</summary>
    private const int Publishers = 8;

    private static readonly MarketId Banana = MarketId.Of("banana");

    /// <summary>Three processes' code is compiled and compiled again, on the cores that are measured.</summary>
    private static readonly TimeSpan WarmUp = TimeSpan.FromSeconds(15);

    private readonly SemaphoreSlim _room = new(InFlight);
    private readonly ConcurrentDictionary<string, long> _sent = new();
    private readonly List<double> _ms = [];
    private volatile bool _counts;

    public int Answered => _ms.Count;

    public long Refused { get; private set; }

    public double Ms(double quantile) => _ms.Order().ElementAt((int)((_ms.Count - 1) * quantile));

    public async Task MeasureAsync(Uri broker, TimeSpan time, CancellationToken cancel)
    {
        await using var told = await ConnectAsync(broker, cancel);
        await using var consuming = await told.CreateChannelAsync(cancellationToken: cancel);
        var own = (await consuming.QueueDeclareAsync(cancellationToken: cancel)).QueueName;
        await consuming.QueueBindAsync(own, Exchanges.Results, "banana.#", cancellationToken: cancel);
        await consuming.BasicConsumeAsync(own, autoAck: true, new Listener(consuming, Told), cancel);
        using var end = CancellationTokenSource.CreateLinkedTokenSource(cancel);
        var publishing = Enumerable.Range(0, Publishers).Select(publisher => PublishAsync(broker, publisher, end.Token)).ToArray();
        await Task.WhenAny([Task.Delay(WarmUp, cancel), .. publishing]);
        _counts = true;
        await Task.WhenAny([Task.Delay(time, cancel), .. publishing]);
        _counts = false;
        await end.CancelAsync();
        await Task.WhenAll(publishing);
    }

    public void Dispose() => _room.Dispose();

    private static Task<IConnection> ConnectAsync(Uri broker, CancellationToken cancel) =>
        new ConnectionFactory { Uri = broker, AutomaticRecoveryEnabled = false }.CreateConnectionAsync(cancel);

    /// <summary>Each trader's orders go by one of the publishers, in their order.</summary>
    private async Task PublishAsync(Uri broker, int publisher, CancellationToken end)
    {
        var own = traders.Where((_, i) => i % Publishers == publisher).ToArray();
        await using var connection = await ConnectAsync(broker, CancellationToken.None);
        await using var channel = new ConfirmedChannel(
            await connection.CreateChannelAsync(ConfirmedChannel.Options, CancellationToken.None), reason => { if (!end.IsCancellationRequested) { throw new InvalidOperationException(reason); } });
        try
        {
            for (var i = 0; ; i++)
            {
                await _room.WaitAsync(end);
                await SendAsync(channel, own[i % own.Length], $"{publisher}-{i}", i / own.Length % 2 == 0 ? "SELL" : "BUY", end); // five shares at first
            }
        }
        catch (OperationCanceledException)
        {
            // Measured long enough.
        }
    }

    private Task SendAsync(ConfirmedChannel publisher, LoadTrader trader, string txnId, string side, CancellationToken end)
    {
        _sent[txnId] = Stopwatch.GetTimestamp();
        var body = Encoding.UTF8.GetBytes($$"""{"time":"2026-01-31T12:00:00.000Z","txnId":"{{txnId}}","type":"{{side}}","shares":1}""");
        var properties = new BasicProperties { DeliveryMode = DeliveryModes.Persistent, Headers = new Dictionary<string, object?> { ["token"] = trader.Token } };
        return publisher.PublishAsync(Exchanges.Orders, Exchanges.Key(Banana, trader.Trader)!, properties, body, mandatory: true, null, end);
    }

    private void Told(ReadOnlyMemory<byte> body)
    {
        using var json = JsonDocument.Parse(body);
        if (!_sent.TryRemove(json.RootElement.GetProperty("txnId").GetString()!, out var sent)) { return; }
        _room.Release();
        if (json.RootElement.GetProperty("status").GetString() != "ACCEPTED") { Refused++; }
        if (_counts) { _ms.Add(Stopwatch.GetElapsedTime(sent).TotalMilliseconds); }
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
