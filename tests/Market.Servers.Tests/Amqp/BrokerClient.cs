using System.Text;
using System.Threading.Channels;
using RabbitMQ.Client;
using RabbitMQ.Client.Events;

namespace Market.Servers.Tests.Amqp;

/// <summary>One message that a client of the broker was told.</summary>
internal sealed record Told(string Exchange, string RoutingKey, string Body, IDictionary<string, object?> Headers)
{
    public string Header(string name) => Headers[name] is byte[] text ? Encoding.UTF8.GetString(text) : Convert.ToString(Headers[name], System.Globalization.CultureInfo.InvariantCulture)!;
}

/// <summary>A client of the broker, of which the market knows nothing.</summary>
internal sealed class BrokerClient : IAsyncDisposable
{
    private static readonly CreateChannelOptions Confirmed = new(publisherConfirmationsEnabled: true, publisherConfirmationTrackingEnabled: true);

    private readonly IConnection _connection;
    private readonly IChannel _channel;
    private readonly Channel<Told> _told = Channel.CreateUnbounded<Told>();

    private BrokerClient(IConnection connection, IChannel channel) => (_connection, _channel) = (connection, channel);

    /// <param name="bindings">What it listens to: exchange and binding key.</param>
    public static async Task<BrokerClient> ConnectAsync(Uri broker, params (string Exchange, string Key)[] bindings)
    {
        var connection = await new ConnectionFactory { Uri = broker }.CreateConnectionAsync();
        var client = new BrokerClient(connection, await connection.CreateChannelAsync(Confirmed));
        var own = (await client._channel.QueueDeclareAsync()).QueueName;
        foreach (var (exchange, key) in bindings) { await client._channel.QueueBindAsync(own, exchange, key); }
        var consumer = new AsyncEventingBasicConsumer(client._channel);
        consumer.ReceivedAsync += async (_, delivered) => await client._told.Writer.WriteAsync(
            new Told(delivered.Exchange, delivered.RoutingKey, Encoding.UTF8.GetString(delivered.Body.Span), delivered.BasicProperties.Headers ?? new Dictionary<string, object?>()));
        await client._channel.BasicConsumeAsync(own, autoAck: true, consumer);
        return client;
    }

    /// <summary>Binds a queue that takes one message, refuses the rest, and is never read.</summary>
    public async Task BindFullQueueAsync(string exchange, string key)
    {
        var own = (await _channel.QueueDeclareAsync(arguments: new Dictionary<string, object?> { ["x-max-length"] = 1, ["x-overflow"] = "reject-publish" })).QueueName;
        await _channel.QueueBindAsync(own, exchange, key);
    }

    public Task SendAsync(string exchange, string routingKey, string body, string? token) => SendAsync(exchange, routingKey, Encoding.UTF8.GetBytes(body), token);

    public async Task SendAsync(string exchange, string routingKey, byte[] body, string? token)
    {
        var properties = new BasicProperties { Headers = token is null ? null : new Dictionary<string, object?> { ["token"] = token } };
        await _channel.BasicPublishAsync(exchange, routingKey, mandatory: true, properties, body);
    }

    /// <summary>The next thing it is told; waits for it.</summary>
    public async Task<Told> NextAsync()
    {
        using var late = new CancellationTokenSource(TimeSpan.FromSeconds(60));
        return await _told.Reader.ReadAsync(late.Token);
    }

    public async Task<IReadOnlyList<Told>> NextAsync(int count)
    {
        var told = new List<Told>();
        while (told.Count < count) { told.Add(await NextAsync()); }
        return told;
    }

    /// <summary>Messages that wait in a queue, handed out or not; none when it is away.</summary>
    public async Task<uint> WaitingAsync(string queue) => await _channel.MessageCountAsync(queue);

    public async ValueTask DisposeAsync()
    {
        await _channel.DisposeAsync();
        await _connection.DisposeAsync();
    }
}
