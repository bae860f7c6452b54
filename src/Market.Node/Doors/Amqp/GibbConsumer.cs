using System.Text.Json;
using Market.Actors.Answers;
using Market.Node.Doors.Limits;
using Market.Node.Hosting;
using Market.Protocol.Messages;
using Market.Protocol.Values;
using RabbitMQ.Client;

namespace Market.Node.Doors.Amqp;

/// <summary>
/// Takes posts, one after the other, no more a second than strangers at the other doors may send from one address; the others wait in the queue. A post that
/// is delivered twice is counted once: the same text of one author counts once a minute.
/// </summary>
/// <param name="pace">Lets so many through a second.</param>
internal sealed class GibbConsumer(IChannel channel, MarketNode node, TokenBucket pace, Replies replies, TimeProvider time, CancellationToken end)
    : AsyncDefaultBasicConsumer(channel)
{
    public const ushort Prefetch = 100;

    /// <summary>The author of posts that name none: the original's had none.</summary>
    private const string Nobody = "gibber";

    private static readonly TimeSpan TryAgainAfter = TimeSpan.FromMilliseconds(250);

    public override async Task HandleBasicDeliverAsync(
        string consumerTag, ulong deliveryTag, bool redelivered, string exchange, string routingKey, IReadOnlyBasicProperties properties, ReadOnlyMemory<byte> body,
        CancellationToken cancellationToken = default)
    {
        var delivery = new Delivery(deliveryTag, exchange, routingKey, body.ToArray());
        while (!pace.TryTake(out var wait)) { await Task.Delay(TimeSpan.FromMilliseconds(wait), time, end); }
        var market = node.Find(Exchanges.MarketOf(routingKey));
        var (author, text, wrong) = Read(delivery.Body);
        if (wrong is not null) { Reject(delivery, Rejection.Malformed(wrong)); }
        else if (market is null) { Reject(delivery, new Rejection((int)Status.UnknownMarket, Status.UnknownMarket.Name(), "There is no such market.", "the market's id as routing key")); }
        else if (await PostAsync(market, author, text) is { } failed) { Reject(delivery, Rejection.Unavailable(failed)); }
        else { replies.Acknowledge(deliveryTag); }
    }

    private void Reject(Delivery delivery, in Rejection why) => replies.Send(delivery.Rejected(why), delivery.Mark);

    /// <returns>Why it could not be posted, in a minute of trying; null when it was.</returns>
    private async Task<string?> PostAsync(RunningMarket market, string author, string text)
    {
        var begun = time.GetTimestamp();
        while (true)
        {
            try
            {
                await market.Region.AskAsync<Gibb>(to => new PostGibb(author, text, "amqp", to), end);
                return null;
            }
            catch (UnansweredException failed) when (time.GetElapsedTime(begun) < TryingAgain.GiveUpAfter && failed.Failure.Kind is not FailureKind.Fault)
            {
                await Task.Delay(TryAgainAfter, time, end);
            }
            catch (UnansweredException failed)
            {
                return failed.Message;
            }
        }
    }

    private static (string Author, string Text, string? Wrong) Read(byte[] body)
    {
        if (body.Length > Letter.LongestBody) { return ("", "", $"A body may have {Letter.LongestBody} bytes."); }
        try
        {
            using var json = JsonDocument.Parse(body);
            var author = Text(json.RootElement, "author") ?? Nobody;
            var text = Text(json.RootElement, "text");
            if (!TraderKey.IsName(author)) { return ("", "", "author: a text of 1 to 64 characters is needed, without control characters."); }
            return Gibb.IsText(text) ? (author, text!, null) : ("", "", $"text: a text of 1 to {Gibb.MaxTextLength} characters is needed.");
        }
        catch (Exception unreadable) when (unreadable is JsonException or InvalidOperationException)
        {
            return ("", "", "This is not a JSON object in UTF-8.");
        }
    }

    /// <exception cref="InvalidOperationException">Not an object, or half a surrogate pair.</exception>
    private static string? Text(JsonElement json, string name) =>
        json.TryGetProperty(name, out var value) && value.ValueKind is JsonValueKind.String ? value.GetString() : null;
}
