using Market.Protocol.Messages;
using Market.Protocol.Values;
using Market.Protocol.Wire.Original;
using RabbitMQ.Client;

namespace Market.Node.Doors.Amqp;

/// <summary>
/// One message to clients. Its body is the original's, to the byte; what the original did not know (code, price, amount, message) is in headers, which
/// old clients do not look at.
/// </summary>
public readonly record struct Letter(string Exchange, string RoutingKey, byte[] Body, BasicProperties Properties)
{
    /// <summary>Longest body that is read, in bytes: a hundred times an order.</summary>
    public const int LongestBody = 64 * 1024;

    private static readonly BasicProperties Passing = new() { DeliveryMode = DeliveryModes.Transient, ContentType = "application/json" };

    /// <summary>A duplicate is answered with the first answer itself, so it needs no word for it.</summary>
    public static Letter Of(string routingKey, in Result result)
    {
        var told = result.Status is Status.Duplicate ? result with { Status = result.First, First = default } : result;
        var headers = new Dictionary<string, object?> { ["code"] = (int)told.Status };
        if (told.Price is { } price) { headers["price"] = price.ToDouble(); }
        if (told.Amount is { } amount) { headers["amount"] = amount.ToDouble(); }
        if ((told.Message ?? told.Status.Explain()) is { } message) { headers["message"] = message; }
        if (told.RetryAfterMs is { } retry) { headers["retryAfterMs"] = retry; }
        return new Letter(Exchanges.Results, routingKey, OriginalWriter.Write(told), Kept(headers));
    }

    public static Letter Of(MarketId market, in PriceTick tick) => new(Exchanges.Prices, market.Value, OriginalWriter.Write(tick), new BasicProperties
    {
        DeliveryMode = DeliveryModes.Transient,
        ContentType = Passing.ContentType,
        Headers = new Dictionary<string, object?> { ["seq"] = tick.Seq, ["base"] = tick.Base, ["hype"] = tick.Hype.ToDouble(), ["bursting"] = tick.Bursting },
    });

    public static Letter Of(string routingKey, in TraderState state) => new(Exchanges.States, routingKey, OriginalWriter.Write(state), Passing);

    /// <summary>What came, as it came, and why it was set aside.</summary>
    /// <param name="body">Cut when it is longer than what is read.</param>
    public static Letter Rejected(string exchange, string routingKey, ReadOnlySpan<byte> body, Rejection why) => new(
        Exchanges.Rejects, routingKey, body[..Math.Min(body.Length, LongestBody)].ToArray(), Kept(new Dictionary<string, object?>
        {
            ["code"] = why.Code,
            ["status"] = why.Status,
            ["wrong"] = why.Wrong,
            ["right"] = why.Right ?? Exchanges.Example(exchange),
            ["exchange"] = exchange,
        }));

    private static BasicProperties Kept(Dictionary<string, object?> headers) =>
        new() { DeliveryMode = DeliveryModes.Persistent, ContentType = Passing.ContentType, Headers = headers };
}

/// <summary>Why something was set aside.</summary>
/// <param name="Code">The rules' number, or 503 when the market could promise nothing.</param>
/// <param name="Wrong">What was wrong.</param>
/// <param name="Right">What would be right; null for the example of the exchange.</param>
public readonly record struct Rejection(int Code, string Status, string Wrong, string? Right = null)
{
    public static Rejection Malformed(string wrong) => new((int)Protocol.Messages.Status.Malformed, Protocol.Messages.Status.Malformed.Name(), wrong);

    public static Rejection Unauthorized { get; } = new(
        (int)Protocol.Messages.Status.Unauthorized, Protocol.Messages.Status.Unauthorized.Name(),
        "The header token is missing or is no token of this market's.", "a header token, as POST /api/markets/{market}/traders gives it, and the routing key {market}.{TEAM}.{name} of its trader");

    public static Rejection Unavailable(string why) => new(503, "UNAVAILABLE", why, "the same again, with the same txnId");
}
