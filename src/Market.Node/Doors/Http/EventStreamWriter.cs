using System.Buffers;
using System.Globalization;
using System.IO.Pipelines;
using System.Text;

namespace Market.Node.Doors.Http;

/// <summary>Writes server-sent events (WHATWG HTML §9.2), each flushed: a slow reader makes its writer wait, and nobody else.</summary>
/// <param name="followsPrices">Whether the client will resume by the number of a price.</param>
internal sealed class EventStreamWriter(PipeWriter to, bool followsPrices)
{
    /// <summary>Number of the last price that the client has; 0 when it has none.</summary>
    public long LastPrice { get; set; }

    /// <summary>How long a client that lost its connection waits before it comes back, in ms.</summary>
    public ValueTask RetryAsync(int ms, CancellationToken cancel) => SendAsync(string.Create(CultureInfo.InvariantCulture, $"retry: {ms}\n\n"), cancel);

    /// <summary>A sign of life, which is no event.</summary>
    public ValueTask PingAsync(CancellationToken cancel) => SendAsync(": ping\n\n", cancel);

    /// <summary>
    /// Sends one event, but for a price that the client has. What a client names when it comes back is the id it saw last, of whatever topic,
    /// and a board's number is no price's: so another topic's event is followed by the last price's id alone, which is no event.
    /// </summary>
    public ValueTask SendAsync(in StreamEvent next, CancellationToken cancel)
    {
        if (next.Topic is StreamEvent.Price)
        {
            if (next.Seq <= LastPrice) { return ValueTask.CompletedTask; }
            LastPrice = next.Seq;
        }
        Write($"event: {next.Topic}\n{(next.Id is null ? "" : $"id: {next.Id}\n")}data: ");
        to.Write(next.Json); // JSON holds no line end, so an event's data is one line
        var hidesThePrice = followsPrices && next.Id is not null && next.Topic is not StreamEvent.Price;
        return SendAsync(hidesThePrice ? string.Create(CultureInfo.InvariantCulture, $"\n\nid: {LastPrice}\n\n") : "\n\n", cancel);
    }

    private async ValueTask SendAsync(string text, CancellationToken cancel)
    {
        Write(text);
        await to.FlushAsync(cancel);
    }

    private void Write(string text) => Encoding.UTF8.GetBytes(text, to);
}
