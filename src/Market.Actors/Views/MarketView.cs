using Market.Actors.Journal;
using Market.Actors.Scores;
using Market.Actors.Traders;
using Market.Protocol.Messages;
using Market.Protocol.Values;
using Market.Protocol.Wire;

namespace Market.Actors.Views;

/// <summary>
/// What people may see of one market: a fold of what was journaled, never a look into an actor. Told by the engine's thread,
/// read by any; one lock, held for a turn or a copy.
/// </summary>
public sealed class MarketView
{
    private readonly Lock _gate = new();
    private readonly MarketId _market;
    private readonly IReadOnlyList<string> _teams;
    private readonly StreamReplay[] _replays;
    private readonly BoardView _board;
    private readonly HistoryRing<PriceTick> _prices;
    private readonly HistoryRing<Gibb> _gibbs;
    private readonly HashSet<int> _endedFloors = [];
    private readonly IMarketListener _listener;
    private readonly TraderTelling? _tellTrader;
    private IOwnerListener? _owner;
    private MarketSummary _summary;

    // Where the market's own actor, its price and its gibber live, as their events tell; −1 before the first.
    private int _marketShard = -1;
    private int _priceShard = -1;
    private int _gibberShard = -1;

    /// <param name="prices">Most ticks kept.</param>
    /// <param name="gibbs">Most gibbs kept.</param>
    /// <param name="tellTrader">Tells traders what they did not ask for; null where their shards tell them.</param>
    public MarketView(
        MarketId market, int shards, IReadOnlyList<string> teams, int prices, int gibbs, IMarketListener listener, TraderTelling? tellTrader = null)
    {
        _tellTrader = tellTrader;
        _market = market;
        _teams = teams;
        _replays = [.. Enumerable.Range(0, shards).Select(shard => Replay(shard))];
        _board = new BoardView(shards);
        _prices = new HistoryRing<PriceTick>(prices);
        _gibbs = new HistoryRing<Gibb>(gibbs);
        _listener = listener;
        _summary = new MarketSummary(market, MarketStatus.Open, PriceTick.BeforeTheFirst(default), 0, default, 0, 0);
    }

    /// <summary>How the market stands; needs no lock.</summary>
    public MarketStatus Status => Volatile.Read(ref _summary).Status;

    public MarketSummary Summary
    {
        get { lock (_gate) { return _summary with { Traders = _board.Traders, InFlight = _board.InFlight }; } }
    }

    /// <summary>A trader's state; null when there is no such trader.</summary>
    public TraderState? Trader(TraderKey trader)
    {
        lock (_gate) { return _board.Find(trader); }
    }

    /// <summary>Traders of one shard from a slot on, in the order they joined; at most <paramref name="limit"/>, for the lock is held for as many.</summary>
    public IReadOnlyList<(TraderKey Key, TraderState State)> TradersOf(int shard, int fromSlot, int limit)
    {
        lock (_gate)
        {
            var count = Math.Clamp(_board.CountOf(shard) - fromSlot, 0, limit);
            return [.. Enumerable.Range(fromSlot, count).Select(slot => _board.At(shard, slot))];
        }
    }

    /// <summary>Ticks kept from <paramref name="fromSeq"/> on, oldest first, at most <paramref name="limit"/>.</summary>
    public IReadOnlyList<PriceTick> PricesFrom(long fromSeq, int limit)
    {
        lock (_gate)
        {
            if (_prices.Count == 0) { return []; }
            var skip = (int)Math.Min(Math.Max(fromSeq, _prices[0].Seq) - _prices[0].Seq, _prices.Count);
            return [.. Enumerable.Range(skip, Math.Min(limit, _prices.Count - skip)).Select(i => _prices[i])];
        }
    }

    /// <summary>The last gibbs, oldest first.</summary>
    public IReadOnlyList<Gibb> LastGibbs(int limit)
    {
        lock (_gate)
        {
            var count = Math.Min(limit, _gibbs.Count);
            return [.. Enumerable.Range(_gibbs.Count - count, count).Select(i => _gibbs[i])];
        }
    }

    /// <summary>The scoreboard now.</summary>
    /// <param name="limit">Most traders named.</param>
    public Board Board(int limit, Timestamp now)
    {
        (TraderKey, TraderState)[] traders;
        (long Seq, bool Final) at;
        lock (_gate)
        {
            traders = _board.Copy();
            at = (_board.Changes, EndedAndHome());
        }
        return new Board(_market, now, at.Seq, at.Final, Ranking.Teams(traders, _teams), Ranking.Traders(traders, limit));
    }

    /// <summary>Time of the last turn seen.</summary>
    public Timestamp LastTime
    {
        get { lock (_gate) { return _replays.Max(replay => replay.Time); } }
    }

    /// <summary>How often the board has changed: whether it is worth asking for again.</summary>
    public long BoardChanges
    {
        get { lock (_gate) { return _board.Changes; } }
    }

    /// <summary>Whether the market has ended and the last investment is home, so that the board will not change.</summary>
    public bool IsFinal
    {
        get { lock (_gate) { return EndedAndHome(); } }
    }

    /// <summary>The number of the next event of a shard's journal that this view has not seen.</summary>
    public long NextSequenceOf(int shard)
    {
        lock (_gate) { return _replays[shard].NextSequence; }
    }

    /// <summary>Shows a turn that may come twice, late, or before others that are still missing.</summary>
    /// <returns>False when turns before it are missing; nothing changed.</returns>
    public bool TryShow(in JournaledTurn turn)
    {
        lock (_gate)
        {
            if (turn.FirstSequence > _replays[turn.Stream.Shard].NextSequence) { return false; }
            Committed(turn);
            return true;
        }
    }

    public void Committed(in JournaledTurn turn) => Committed(turn, null);

    /// <param name="owner">Hears of it too, since the turn's shard lives here; null when it does not, or nobody cares.</param>
    public void Committed(in JournaledTurn turn, IOwnerListener? owner)
    {
        lock (_gate)
        {
            var replay = _replays[turn.Stream.Shard];
            if (turn.NextSequence <= replay.NextSequence) { return; }
            _owner = owner;
            replay.Turn(turn);
            _owner = null;
        }
    }

    internal void Save(int shard, BytesWriter to)
    {
        lock (_gate) { HistoryOf(shard).Write(to); }
    }

    internal void Restore(
        StreamId stream, long nextSequence, uint before, IEnumerable<(TraderKey Key, TraderState State)> traders, ref BytesReader history)
    {
        lock (_gate)
        {
            if (nextSequence <= _replays[stream.Shard].NextSequence) { return; } // a recovery in mid-life: all this was shown, or more
            var shown = ViewHistory.Read(ref history);
            _replays[stream.Shard] = Replay(stream.Shard, nextSequence, before);
            _board.Restore(stream.Shard, traders, shown.BoardChanges);
            Show(shown, stream.Shard);
        }
    }

    private ViewHistory HistoryOf(int shard) => new(
        shard == _marketShard ? (_summary.Status, _summary.ElapsedMs, _summary.Since) : null,
        _endedFloors.Contains(shard),
        _board.ChangesOf(shard),
        shard == _priceShard ? [.. _prices] : [],
        shard == _gibberShard ? [.. _gibbs] : []);

    private void Show(ViewHistory history, int shard)
    {
        if (history.Moved is { } moved) { (_marketShard, _summary) = (shard, _summary with { Status = moved.Status, ElapsedMs = moved.ElapsedMs, Since = moved.Since }); }
        if (history.FloorEnded) { _endedFloors.Add(shard); }
        foreach (var tick in history.Ticks.Where(tick => _prices.Count == 0 || tick.Seq > _prices[_prices.Count - 1].Seq)) { Tick(shard, tick); }
        foreach (var gibb in history.Gibbs.Where(gibb => _gibbs.Count == 0 || gibb.Number > _gibbs[_gibbs.Count - 1].Number)) { Post(shard, gibb); }
    }

    private StreamReplay Replay(int shard, long nextSequence = 1, uint before = 0) =>
        new(new StreamId(_market, shard), new ShardFold(this, shard), nextSequence, before);

    private bool EndedAndHome() => _summary.Status is MarketStatus.Ended && _endedFloors.Count == _replays.Length && _board.InFlight == 0;

    private void On(MarketEvent happened, int shard, Timestamp time)
    {
        switch (happened)
        {
            case TraderJoined e: _board.Join(shard, e.Trader, TraderState.Initial(time)); break;
            case MarketMoved e: Move(shard, e, time); break;
            case PriceTicked e: Tick(shard, e.Tick); _listener.Ticked(_market, e.Tick); _owner?.Ticked(_market, e.Tick); break;
            case GibbPosted e: Post(shard, e.Gibb); _listener.Posted(_market, e.Gibb); break;
            case FloorMoved e when e.Status is MarketStatus.Ended: _endedFloors.Add(shard); break;
        }
    }

    private void Move(int shard, MarketMoved happened, Timestamp time)
    {
        _marketShard = shard;
        _summary = _summary with { Status = happened.Status, ElapsedMs = happened.ElapsedMs, Since = time };
        _listener.Moved(_market, happened.Status);
    }

    private void TellTrader(int shard, int slot, in TraderEvent happened, ReadOnlySpan<char> txnId)
    {
        var (trader, state) = _board.At(shard, slot);
        if (happened.Type is not TraderEventType.Refused) { _owner?.Changed(_market, trader, state); }
        if (happened.Type is not TraderEventType.Returned && !happened.BailedOut) { return; }
        var cause = txnId.ToString();
        if (happened.Type is TraderEventType.Returned) { TellTrader(trader, TraderNews.Return(cause, happened, state)); }
        if (happened.BailedOut) { TellTrader(trader, TraderNews.Bailout(cause, state)); }
    }

    private void TellTrader(TraderKey trader, in Result news)
    {
        _tellTrader?.Invoke(_market, trader, news);
        _owner?.Told(_market, trader, news);
    }

    private void Tick(int shard, in PriceTick tick)
    {
        _priceShard = shard;
        _prices.Add(tick);
        _summary = _summary with { Price = tick };
    }

    private void Post(int shard, Gibb gibb)
    {
        _gibberShard = shard;
        _gibbs.Add(gibb);
    }

    /// <summary>The fold of one shard's journal into its market's view.</summary>
    private sealed class ShardFold(MarketView view, int shard) : IEventFold
    {
        public void On(int slot, in TraderEvent happened, ReadOnlySpan<char> txnId, Timestamp time)
        {
            view._board.Evolve(shard, slot, happened, time);
            if (view._tellTrader is not null || view._owner is not null) { view.TellTrader(shard, slot, happened, txnId); }
        }

        public void On(MarketEvent happened, Timestamp time) => view.On(happened, shard, time);
    }
}

/// <summary>A market in one line.</summary>
/// <param name="ElapsedMs">Running time until the status last changed.</param>
/// <param name="Since">When it did.</param>
/// <param name="InFlight">Investments not yet come home.</param>
public sealed record MarketSummary(
    MarketId Market, MarketStatus Status, PriceTick Price, long ElapsedMs, Timestamp Since, int Traders, long InFlight)
{
    /// <summary>Running time until <paramref name="now"/>, in ms.</summary>
    public long ElapsedAt(Timestamp now) => Status is MarketStatus.Running ? ElapsedMs + Math.Max(0, now.MsSince(Since)) : ElapsedMs;
}

/// <summary>
/// Hears, on the engine's thread, what a view has just shown. Quick, never blocking, never throwing, and never asking the view back.
/// </summary>
public interface IMarketListener
{
    void Ticked(MarketId market, in PriceTick tick);

    void Posted(MarketId market, Gibb gibb);

    void Moved(MarketId market, MarketStatus status);
}

/// <summary>Tells a trader what it did not ask for. As quick, and as careful, as a listener.</summary>
public delegate void TraderTelling(MarketId market, TraderKey trader, in Result result);
