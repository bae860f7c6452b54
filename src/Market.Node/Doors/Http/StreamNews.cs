using System.Globalization;
using Market.Protocol.Messages;
using Market.Protocol.Values;

namespace Market.Node.Doors.Http;

/// <summary>One server-sent event.</summary>
/// <param name="Id">Null when it has none.</param>
/// <param name="Seq">The number of a price; means nothing for other topics.</param>
internal readonly record struct StreamEvent(string Topic, string? Id, byte[] Json, long Seq = 0)
{
    public const string Price = "price";

    public static StreamEvent OfPrice(long seq, byte[] json) => new(Price, seq.ToString(CultureInfo.InvariantCulture), json, seq);
}

/// <summary>
/// What one stream is still to be sent: filled by the engine's thread and the board's timer, emptied by the stream. Of the market's status and of
/// the board only the newest waits; of prices and posts the newest, the oldest are lost first.
/// </summary>
internal sealed class StreamNews(string[] topics) : IListener
{
    /// <summary>Prices, and posts, that may wait for a slow reader: four minutes at one a second.</summary>
    public const int MaxWaiting = 256;

    private readonly bool _wantsPrices = topics.Contains("price");
    private readonly bool _wantsGibbs = topics.Contains("gibb");
    private readonly Bell _bell = new();
    private readonly Lock _gate = new();

    // Owned by the gate.
    private readonly Queue<PriceNews> _prices = new();
    private readonly Queue<Gibb> _gibbs = new();
    private byte[]? _market;
    private BoardNews? _board;
    private bool _pingDue;

    public void Ticked(PriceNews news)
    {
        if (_wantsPrices) { Add(_prices, news); }
    }

    public void Posted(Gibb gibb)
    {
        if (_wantsGibbs) { Add(_gibbs, gibb); }
    }

    public void Moved(MarketId market, MarketStatus status)
    {
        lock (_gate) { _market = Frames.MarketAlone(market, status); }
        _bell.Ring();
    }

    public void Boarded(BoardNews news)
    {
        lock (_gate) { _board = news; }
        _bell.Ring();
    }

    public void Told(in Result result)
    {
    }

    /// <summary>A sign of life is due.</summary>
    public void Ping()
    {
        lock (_gate) { _pingDue = true; }
        _bell.Ring();
    }

    public bool TakePing()
    {
        lock (_gate)
        {
            var due = _pingDue;
            _pingDue = false;
            return due;
        }
    }

    /// <summary>Waits until there may be something to take.</summary>
    public ValueTask WaitAsync(CancellationToken cancel) => _bell.WaitAsync(cancel);

    /// <summary>The next event; its bytes are made here, not while the engine waits.</summary>
    public bool TryTake(out StreamEvent next)
    {
        var taken = Take();
        next = taken switch
        {
            byte[] market => new StreamEvent("market", null, market),
            PriceNews price => StreamEvent.OfPrice(price.Tick.Seq, price.Alone),
            Gibb gibb => new StreamEvent("gibb", gibb.Id, Frames.GibbAlone(gibb)),
            BoardNews board => new StreamEvent("board", board.Seq.ToString(CultureInfo.InvariantCulture), board.Alone),
            _ => default,
        };
        return taken is not null;
    }

    private object? Take()
    {
        lock (_gate)
        {
            if (_market is { } market)
            {
                _market = null;
                return market;
            }
            if (_prices.TryDequeue(out var price)) { return price; }
            if (_gibbs.TryDequeue(out var gibb)) { return gibb; }
            var board = _board;
            _board = null;
            return board;
        }
    }

    private void Add<T>(Queue<T> waiting, T news)
    {
        lock (_gate)
        {
            if (waiting.Count == MaxWaiting) { waiting.Dequeue(); }
            waiting.Enqueue(news);
        }
        _bell.Ring();
    }
}
