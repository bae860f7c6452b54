using System.Globalization;
using Market.Node.Hosting;

namespace Market.Node.Doors.Http;

/// <summary>
/// <c>GET …/stream</c>: server-sent events named after their topic, each with its number as its id. A client that lost its connection and
/// names the last price it saw goes on right after it. A slow reader loses the oldest prices and posts first.
/// </summary>
public sealed class StreamEndpoint(MarketNode node, Hub hub, BoardFeed boards, TimeProvider time, IHostApplicationLifetime lifetime)
{
    /// <summary>Prices read at once of those a client has missed.</summary>
    private const int ResumedAtOnce = 1_000;

    private const int RetryMs = 1_000;

    private static readonly TimeSpan PingEvery = TimeSpan.FromSeconds(15);
    private static readonly string[] Topics = [StreamEvent.Price, "board", "gibb"];

    private int _clients;

    /// <summary>Streams being read now.</summary>
    public int Clients => Volatile.Read(ref _clients);

    public async Task HandleAsync(HttpContext http)
    {
        if (await node.MarketAsync(http) is not { } market) { return; }
        var topics = http.Request.Query.TryGetValue("topics", out var asked) ? asked.ToString().Split(',') : Topics;
        if (topics.Except(Topics).FirstOrDefault() is { } unknown)
        {
            await Problem.Malformed($"topics: \"{unknown}\" is none; there are {string.Join(", ", Topics)}.").SendAsync(http);
            return;
        }
        http.Response.ContentType = "text/event-stream";
        http.Response.Headers.CacheControl = "no-store";
        using var ended = CancellationTokenSource.CreateLinkedTokenSource(http.RequestAborted, lifetime.ApplicationStopping);
        Interlocked.Increment(ref _clients);
        try
        {
            await SendAsync(http, market, topics, ended.Token);
        }
        catch (OperationCanceledException)
        {
            // The client left or the node is going down, which is how a stream ends.
        }
        finally
        {
            Interlocked.Decrement(ref _clients);
        }
    }

    private async Task SendAsync(HttpContext http, RunningMarket market, string[] topics, CancellationToken cancel)
    {
        var news = new StreamNews(topics);
        var to = new EventStreamWriter(http.Response.BodyWriter, topics.Contains(StreamEvent.Price));
        await using var timer = time.CreateTimer(_ => news.Ping(), null, PingEvery, PingEvery);
        hub.Listen(market.Id, news); // before what was missed is read, so that no price falls between
        if (topics.Contains("board")) { boards.Listen(market, news.Boarded); }
        try
        {
            await to.RetryAsync(RetryMs, cancel);
            if (topics.Contains(StreamEvent.Price)) { await ResumeAsync(to, market, LastSeen(http), cancel); }
            while (true)
            {
                while (news.TryTake(out var next)) { await to.SendAsync(next, cancel); }
                if (news.TakePing()) { await to.PingAsync(cancel); }
                await news.WaitAsync(cancel);
            }
        }
        finally
        {
            hub.Leave(market.Id, null, news);
            if (topics.Contains("board")) { boards.Leave(market, news.Boarded); }
        }
    }

    /// <summary>What a client that names the last price it saw has missed, all of it that is kept; for others, the last price.</summary>
    private static async Task ResumeAsync(EventStreamWriter to, RunningMarket market, long? lastSeen, CancellationToken cancel)
    {
        var newest = market.View.Summary.Price.Seq;
        to.LastPrice = Math.Max(0, Math.Min(lastSeen ?? newest - 1, newest));
        while (market.View.PricesFrom(to.LastPrice + 1, ResumedAtOnce) is { Count: > 0 } missed)
        {
            foreach (var tick in missed) { await to.SendAsync(StreamEvent.OfPrice(tick.Seq, Frames.PriceAlone(market.Id, tick)), cancel); }
        }
    }

    private static long? LastSeen(HttpContext http) =>
        long.TryParse(http.Request.Headers["Last-Event-ID"], NumberStyles.None, CultureInfo.InvariantCulture, out var seq) ? seq : null;
}
