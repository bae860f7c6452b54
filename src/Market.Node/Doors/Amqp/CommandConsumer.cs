using System.Diagnostics;
using System.Text;
using Market.Node.Doors.Tokens;
using Market.Node.Hosting;
using Market.Node.Telemetry;
using Market.Protocol.Messages;
using Market.Protocol.Wire.Json;
using RabbitMQ.Client;

namespace Market.Node.Doors.Amqp;

/// <summary>
/// Takes commands from the one queue of all traders, in its order, and hands each to the market or says why not. A result goes to whom the token names,
/// never to whom the routing key names: a stranger cannot have others told what they did not ask.
/// </summary>
internal sealed class CommandConsumer(IChannel channel, MarketNode node, CommandDoor door, TraderTokens tokens, OpenCommands open, Replies replies, TimeProvider time, CancellationToken end)
    : AsyncDefaultBasicConsumer(channel)
{
    /// <summary>Commands that may be open: 64 MiB of the longest bodies, and enough for 50,000 a second answered within 20 ms.</summary>
    public const ushort Prefetch = 1_000;

    public override async Task HandleBasicDeliverAsync(
        string consumerTag, ulong deliveryTag, bool redelivered, string exchange, string routingKey, IReadOnlyBasicProperties properties, ReadOnlyMemory<byte> body,
        CancellationToken cancellationToken = default)
    {
        var holder = await tokens.CheckAsync(Header(properties, "token"));
        var about = Exchanges.About(exchange);
        var reading = Read(body.Span, about);
        var delivery = new Delivery(deliveryTag, exchange, routingKey, body.ToArray());
        var key = holder is null ? null : Exchanges.Key(holder.Market, holder.Trader);
        Rejection? wrong = reading.Problem is { } problem ? Rejection.Malformed(problem) : null;
        if (holder is null || key is null || about is null)
        {
            replies.Send(delivery.Rejected(wrong ?? Rejection.Unauthorized), deliveryTag); // nobody can be told
            return;
        }
        if (wrong is { } rejection) { replies.SendFirst(delivery.Rejected(rejection)); }
        await open.AddAsync(deliveryTag, holder.Market, holder.Trader, end);
        await PostAsync(delivery, about.Value, holder, key, reading, Traces.Read(Header(properties, "traceparent")), redelivered, cancellationToken);
    }

    /// <summary>What is wrong with the place, with what was sent, or nothing; in the order of the rules.</summary>
    private ValueTask PostAsync(Delivery delivery, ResultType about, TokenHolder holder, string key, in CommandReading reading, ActivityContext? trace, bool redelivered, CancellationToken cancel)
    {
        var market = node.Find(Exchanges.MarketOf(delivery.RoutingKey));
        var posted = new PostedCommand(delivery, about, key, holder.Trader, reading.Command, market, time.GetTimestamp(), replies);
        if (reading.Problem is not null) { return Refuse(posted, reading, Status.Malformed); }
        if (market is null) { return Refuse(posted, reading, Status.UnknownMarket); }
        return market.Id == holder.Market && key == delivery.RoutingKey
            ? door.PostAsync(market, holder.Trader, reading, posted, 0, cancel, trace, isNew: !redelivered)
            : Refuse(posted, reading, Status.Unauthorized);
    }

    private static ValueTask Refuse(PostedCommand posted, in CommandReading reading, Status status)
    {
        posted.Answer(0, new Result { TxnId = reading.TxnId ?? "", Type = default, Status = status, Message = reading.Problem });
        return ValueTask.CompletedTask;
    }

    private static CommandReading Read(ReadOnlySpan<byte> body, ResultType? about)
    {
        if (about is null) { return Wrong("It was not published to an exchange for commands."); }
        return body.Length > Letter.LongestBody ? Wrong($"A body may have {Letter.LongestBody} bytes.") : CommandFrame.ReadOne(body, about.Value);
    }

    private static CommandReading Wrong(string problem) => new(default, null, problem, null, null);

    /// <summary>A header, which clients' libraries send as text or as bytes.</summary>
    private static string? Header(IReadOnlyBasicProperties properties, string name) => properties.Headers is { } headers && headers.TryGetValue(name, out var value)
        ? value switch { byte[] bytes => Encoding.UTF8.GetString(bytes), string text => text, _ => null }
        : null;
}
