using System.Text;
using Market.Protocol.Messages;
using Market.Protocol.Values;
using RabbitMQ.Client;

namespace Market.Node.Doors.Amqp;

/// <summary>
/// What clients of the broker meet there: durable topic exchanges named as the original's topics, and behind those they publish to, two queues of the
/// cluster NAME.
/// <code>
/// market-orders, investment-orders, feed-monkeys ─► NAME.amqp.commands   one queue, so that a trader's commands keep their order
/// gibber-gibbs                                   ─► NAME.amqp.gibbs
/// txn-results, share-price, trader-states, market-rejects               clients bind queues of their own
/// </code>
/// </summary>
public sealed class Exchanges(string name)
{
    public const string Orders = "market-orders";
    public const string Investments = "investment-orders";
    public const string Feeds = "feed-monkeys";
    public const string Gibbs = "gibber-gibbs";
    public const string Results = "txn-results";
    public const string Prices = "share-price";
    public const string States = "trader-states";

    /// <summary>What could not be read, or belongs to nobody, with headers that say why.</summary>
    public const string Rejects = "market-rejects";

    /// <summary>Longest routing key of AMQP, in bytes. A trader with a longer one has to come by another door.</summary>
    private const int LongestKey = 255;

    /// <summary>Messages and bytes that may wait for a node; more are refused to publishers that ask for confirms: a minute's work at 2,000 a second.</summary>
    private const int MostWaiting = 100_000;
    private const int MostBytesWaiting = 64 * 1024 * 1024;

    /// <summary>Deliveries of one message before it is set aside: far more than nodes die in a row by chance.</summary>
    private const int MostDeliveries = 50;

    private static readonly string[] All = [Orders, Investments, Feeds, Gibbs, Results, Prices, States, Rejects];

    private static readonly Dictionary<string, object?> QueueArguments = new()
    {
        ["x-queue-type"] = "quorum",
        ["x-single-active-consumer"] = true,
        ["x-max-length"] = MostWaiting,
        ["x-max-length-bytes"] = MostBytesWaiting,
        ["x-overflow"] = "reject-publish",
        ["x-delivery-limit"] = MostDeliveries,
        ["x-dead-letter-exchange"] = Rejects,
    };

    public string CommandQueue => $"{name}.amqp.commands";

    public string GibbQueue => $"{name}.amqp.gibbs";

    /// <summary>What commands of an exchange are about; null for one that takes none.</summary>
    public static ResultType? About(string exchange) => exchange switch
    {
        Orders => ResultType.Market,
        Investments => ResultType.Invest,
        Feeds => ResultType.Feed,
        _ => null,
    };

    /// <summary>A body that an exchange takes, for those who sent another.</summary>
    public static string Example(string exchange) => exchange switch
    {
        Orders => """{"time":"2026-01-31T12:00:00.000Z","txnId":"t1","type":"BUY","shares":1}""",
        Investments => """{"time":"2026-01-31T12:00:00.000Z","txnId":"t2","invested":2.5}""",
        Feeds => """{"time":"2026-01-31T12:00:00.000Z","txnId":"t3","monkeys":1}""",
        Gibbs => """{"id":"1","time":"2026-01-31T12:00:00.000Z","author":"alice","text":"I love #banana"}""",
        _ => $"publish to {Orders}, {Investments}, {Feeds} or {Gibbs}",
    };

    /// <summary>The routing key of what a trader sends and is sent; null when AMQP has no room for it.</summary>
    public static string? Key(MarketId market, TraderKey trader)
    {
        var key = $"{market}.{trader.Team}.{trader.Name}";
        return key.Length <= LongestKey / 3 || Encoding.UTF8.GetByteCount(key) <= LongestKey ? key : null; // three bytes at most for each UTF-16 unit
    }

    /// <summary>The market of a routing key: all before the first dot.</summary>
    public static string MarketOf(string routingKey) => routingKey.Split('.', 2)[0];

    /// <summary>Declares what outlives a connection. Many nodes may do so at once.</summary>
    public async Task DeclareAsync(IChannel channel, CancellationToken cancel)
    {
        foreach (var exchange in All) { await channel.ExchangeDeclareAsync(exchange, ExchangeType.Topic, durable: true, cancellationToken: cancel); }
        await DeclareAsync(channel, CommandQueue, [Orders, Investments, Feeds], cancel);
        await DeclareAsync(channel, GibbQueue, [Gibbs], cancel);
    }

    private static async Task DeclareAsync(IChannel channel, string queue, string[] exchanges, CancellationToken cancel)
    {
        await channel.QueueDeclareAsync(queue, durable: true, exclusive: false, autoDelete: false, QueueArguments, cancellationToken: cancel);
        foreach (var exchange in exchanges) { await channel.QueueBindAsync(queue, exchange, "#", cancellationToken: cancel); }
    }
}
