using System.Globalization;
using System.Text;
using System.Threading.Channels;
using Market.Node.Hosting;
using Market.Protocol.Messages;
using Market.Protocol.Values;

namespace Market.Node.Doors.Http;

/// <summary>
/// <c>GET …/stream</c>: server-sent events named after their topic. A price's id is its number, with which a client that lost its connection
/// goes on where it was. A slow reader loses the oldest events first.
/// </summary>
public sealed class StreamEndpoint(MarketNode node, Hub hub, BoardFeed boards, TimeProvider time, IHostApplicationLifetime lifetime)
{
    private const int MaxWaiting = 256;
    private const int MaxResumed = 10_000;

    private static readonly TimeSpan PingEvery = TimeSpan.FromSeconds(15);
    private static readonly string[] Topics = ["price", "board", "gibb"];

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
        var listener = new Listener(topics);
        hub.Listen(market.Id, listener);
        if (topics.Contains("board")) { boards.Listen(market, listener.Boarded); }
        try
        {
            await WriteAsync(http, "retry: 1000\n\n");
            listener.SentSeq = await ResumeAsync(http, market, topics);
            while (true)
            {
                await WriteAsync(http, await listener.NextAsync(PingEvery, time, cancel) ?? ": ping\n\n");
            }
        }
        finally
        {
            hub.Leave(market.Id, null, listener);
            if (topics.Contains("board")) { boards.Leave(market, listener.Boarded); }
        }
    }

    /// <summary>What a client that names the last price it saw has missed; for others, the last price.</summary>
    /// <returns>The number of the last price sent; 0 when none was.</returns>
    private static async Task<long> ResumeAsync(HttpContext http, RunningMarket market, string[] topics)
    {
        if (!topics.Contains("price")) { return 0; }
        var named = long.TryParse(http.Request.Headers["Last-Event-ID"], NumberStyles.None, CultureInfo.InvariantCulture, out var last);
        var from = named ? last + 1 : market.View.Summary.Price.Seq;
        var sent = 0L;
        foreach (var tick in market.View.PricesFrom(from, MaxResumed))
        {
            sent = tick.Seq;
            await WriteAsync(http, Event("price", sent.ToString(CultureInfo.InvariantCulture), Frames.PriceAlone(market.Id, tick)));
        }
        return sent;
    }

    private static async Task WriteAsync(HttpContext http, string text)
    {
        await http.Response.WriteAsync(text, http.RequestAborted);
        await http.Response.Body.FlushAsync(http.RequestAborted);
    }

    /// <summary>JSON holds no line end, so an event's data is one line.</summary>
    private static string Event(string topic, string? id, byte[] json) =>
        $"event: {topic}\n{(id is null ? "" : $"id: {id}\n")}data: {Encoding.UTF8.GetString(json)}\n\n";

    /// <summary>One client's events, waiting to be sent.</summary>
    private sealed class Listener(string[] topics) : IListener
    {
        private readonly Channel<(long Seq, string Text)> _waiting = Channel.CreateBounded<(long, string)>(new BoundedChannelOptions(MaxWaiting) { FullMode = BoundedChannelFullMode.DropOldest, SingleReader = true });
        private readonly bool _prices = topics.Contains("price");
        private readonly bool _gibbs = topics.Contains("gibb");

        /// <summary>Prices up to this were sent already: listening begins before what was missed is read, so that none falls between.</summary>
        public long SentSeq { get; set; }

        public void Ticked(PriceNews news)
        {
            if (_prices) { _waiting.Writer.TryWrite((news.Tick.Seq, Event("price", news.Tick.Seq.ToString(CultureInfo.InvariantCulture), news.Alone))); }
        }

        public void Posted(Gibb gibb)
        {
            if (_gibbs) { Add("gibb", Frames.GibbAlone(gibb)); }
        }

        public void Moved(MarketId market, MarketStatus status) => Add("market", Frames.MarketAlone(market, status));

        public void Boarded(BoardNews news) => Add("board", news.Alone);

        public void Told(in Result result)
        {
        }

        /// <returns>Null when nothing came for so long.</returns>
        public async ValueTask<string?> NextAsync(TimeSpan patience, TimeProvider time, CancellationToken cancel)
        {
            using var timeout = new CancellationTokenSource(patience, time);
            using var either = CancellationTokenSource.CreateLinkedTokenSource(timeout.Token, cancel);
            try
            {
                while (true)
                {
                    var (seq, text) = await _waiting.Reader.ReadAsync(either.Token);
                    if (seq > SentSeq) { return text; }
                }
            }
            catch (OperationCanceledException) when (!cancel.IsCancellationRequested)
            {
                return null;
            }
        }

        private void Add(string topic, byte[] json) => _waiting.Writer.TryWrite((long.MaxValue, Event(topic, null, json)));
    }
}
