using Market.Actors.Answers;
using Market.Protocol.Messages;
using Market.Protocol.Values;

namespace Market.Actors.Simulation.Twin;

/// <summary>
/// The rules of the market once more, in the most obvious code: one dictionary, no shards, no journal, decimal money. Written from the
/// page of the rules; where it and the actors differ, one of them is wrong.
/// </summary>
/// <param name="remembered">Answers remembered of each trader.</param>
public sealed class NaiveMarket(NaiveChance chance, int remembered)
{
    private readonly NaivePrice _price = new(chance);
    private readonly NaivePlantation _plantation = new(chance);

    // What one actor told another that has not heard it yet: no time passes for it but when the market could not go on.
    private readonly Queue<Action<Timestamp>> _untold = new();

    // The market's own clock, and the one that traders, price and plantation have heard of.
    private (MarketStatus Status, long Elapsed, Timestamp Since) _own;
    private (MarketStatus Status, long Elapsed, Timestamp Since) _heard;

    public Dictionary<TraderKey, NaiveTrader> Traders { get; } = [];

    public NaiveGibber Gibber { get; } = new();

    public NaivePrice Price => _price;

    public MarketStatus Phase => _own.Status;

    /// <summary>Results nobody asked for.</summary>
    public List<(TraderKey Trader, Result Result)> News { get; } = [];

    public Joined Join(TraderKey key, Timestamp now)
    {
        var taken = !Traders.TryAdd(key, new NaiveTrader(key, now));
        return new Joined(taken, Traders[key].State);
    }

    public Moved Move(MarketAction action, Timestamp now)
    {
        var next = (_own.Status, action) switch
        {
            (MarketStatus.Open, MarketAction.Start) => MarketStatus.Running,
            (MarketStatus.Running, MarketAction.Pause) => MarketStatus.Paused,
            (MarketStatus.Paused, MarketAction.Resume) => MarketStatus.Running,
            (not MarketStatus.Ended, MarketAction.End) => MarketStatus.Ended,
            _ => _own.Status,
        };
        if (next == _own.Status) { return new Moved(false, next); }
        _own = (next, MarketTime(_own, now), now);
        var told = _own;
        _untold.Enqueue(_ => _heard = told);
        return new Moved(true, next);
    }

    public Gibb Post(string author, string text, Timestamp now)
    {
        var gibb = Gibber.Post(author, text, _heard.Status == MarketStatus.Running, now);
        if (gibb.Counted && gibb.Points != 0) { _untold.Enqueue(then => _price.Hear(gibb.Points, MarketTime(_heard, then))); }
        return gibb;
    }

    public Result Do(TraderKey key, TraderCommand command, Timestamp now)
    {
        if (!Traders.TryGetValue(key, out var trader)) { return NaiveTrader.Blank(command); }
        if (_heard.Status is not MarketStatus.Running) { return NaiveTrader.Blank(command) with { Status = Status.MarketClosed, State = trader.State }; }
        if (trader.Again(command) is { } again) { return again; }
        var bailouts = trader.Bailouts;
        var answer = trader.Do(command, _price.Price, remembered, now);
        if (answer is { Type: ResultType.Invest, Status: Status.Accepted }) { _untold.Enqueue(then => Plant(trader, command, then)); }
        if (trader.Bailouts > bailouts) { Tell(trader, ResultType.Bailout, command.TxnId, 10); }
        return answer;
    }

    /// <summary>Whatever is due by now happens, once; then all hear what they were told.</summary>
    public void Wake(Timestamp now)
    {
        do
        {
            if (_heard.Status is MarketStatus.Running)
            {
                var time = MarketTime(_heard, now);
                if (_price.Bursting && _price.NextStep <= time) { _price.Step(time); }
                if (_price.NextTick <= time) { _price.Tick(time); }
            }
            Harvest(now);
            while (_untold.TryDequeue(out var tell)) { tell(now); }
        }
        while (Due(now));
    }

    /// <summary>When something is due next; null when nothing is.</summary>
    public Timestamp? NextDue()
    {
        if (_heard.Status is not MarketStatus.Running) { return null; }
        var due = _plantation.Growing.Select(one => one.Due).Append(_price.NextTick).Append(_price.Bursting ? _price.NextStep : long.MaxValue).Min();
        return _heard.Since.Plus(due - _heard.Elapsed);
    }

    private bool Due(Timestamp now) => _untold.Count > 0 || NextDue() <= now || (_heard.Status is MarketStatus.Ended && _plantation.Growing.Count > 0);

    private void Plant(NaiveTrader trader, TraderCommand command, Timestamp now) =>
        _plantation.Plant(trader.Key, command.TxnId, command.Amount / 1_000_000m, MarketTime(_heard, now));

    private void Harvest(Timestamp now)
    {
        if (_heard.Status is not (MarketStatus.Running or MarketStatus.Ended)) { return; }
        foreach (var one in _plantation.Due(_heard.Status is MarketStatus.Ended, MarketTime(_heard, now)))
        {
            _plantation.Harvest(one);
            _untold.Enqueue(then => ComeHome(one, then));
        }
    }

    private void ComeHome(NaiveGrowing one, Timestamp now)
    {
        var trader = Traders[one.Trader];
        var helped = trader.Return(one.Home, now);
        Tell(trader, ResultType.Return, one.TxnId, one.Home);
        if (helped) { Tell(trader, ResultType.Bailout, one.TxnId, 10); }
    }

    private void Tell(NaiveTrader trader, ResultType type, string txnId, decimal amount) => News.Add((trader.Key, new Result
    {
        TxnId = txnId, Type = type, Status = Status.Accepted, Amount = new Coins((long)(amount * 1_000_000)), State = trader.State,
    }));

    private static long MarketTime((MarketStatus Status, long Elapsed, Timestamp Since) clock, Timestamp now) =>
        clock.Status is MarketStatus.Running ? clock.Elapsed + now.MsSince(clock.Since) : clock.Elapsed;
}
