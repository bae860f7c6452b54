using Market.Actors.Answers;
using Market.Protocol.Messages;
using Market.Protocol.Values;

namespace Market.Actors.Tests.Twin;

/// <summary>
/// The rules of the market once more, in the most obvious code: one dictionary, no shards, no journal, decimal money. Written from the
/// page of the rules; where it and the actors differ, one of them is wrong.
/// </summary>
/// <param name="remembered">Answers remembered of each trader.</param>
public sealed class NaiveMarket(NaiveChance chance, int remembered)
{
    private sealed record Growing(NaiveTrader Trader, string TxnId, decimal Home, long Due, long Number);

    private readonly NaivePrice _price = new(chance);
    private readonly List<Growing> _growing = [];

    // What one actor told another that has not heard it yet: no time passes for it but when the market could not go on.
    private readonly Queue<Action<Timestamp>> _untold = new();

    // The market's own clock, and the one that traders, price and plantation have heard of.
    private (MarketStatus Status, long Elapsed, Timestamp Since) _own;
    private (MarketStatus Status, long Elapsed, Timestamp Since) _heard;
    private decimal _everInvested;
    private long _planted;

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
        var answer = new Result { TxnId = command.TxnId, Type = Result.TypeOf(command.Type), Status = StatusOf(key, command) };
        if (answer.Status is Status.Unauthorized) { return answer; }
        var trader = Traders[key];
        if (answer.Status is Status.MarketClosed) { return answer with { State = trader.State }; }
        if (trader.Remembered.Find(one => one.Command.TxnId == command.TxnId) is { Answer.TxnId: not null } first)
        {
            var same = first.Command.Type == command.Type && first.Command.Amount == command.Amount;
            return same
                ? first.Answer with { Status = Status.Duplicate, First = first.Answer.Status }
                : answer with { Status = Status.TxnIdReused, First = first.Answer.Status, State = trader.State };
        }
        if (command.Type is CommandType.Buy or CommandType.Sell) { answer = answer with { Price = _price.PriceInCoins }; }
        if (answer.Status is Status.Accepted) { Apply(trader, command, now); }
        answer = answer with { State = trader.State };
        trader.Remembered.Add((command, answer));
        if (trader.Remembered.Count > remembered) { trader.Remembered.RemoveAt(0); }
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
        var due = _growing.Select(one => one.Due).Append(_price.NextTick).Append(_price.Bursting ? _price.NextStep : long.MaxValue).Min();
        return _heard.Since.Plus(due - _heard.Elapsed);
    }

    private bool Due(Timestamp now) => _untold.Count > 0 || NextDue() <= now || (_heard.Status is MarketStatus.Ended && _growing.Count > 0);

    private Status StatusOf(TraderKey key, TraderCommand command)
    {
        if (!Traders.TryGetValue(key, out var trader)) { return Status.Unauthorized; }
        if (_heard.Status is not MarketStatus.Running) { return Status.MarketClosed; }
        var (n, cost) = (command.Amount, command.Amount * _price.Price);
        return command.Type switch
        {
            CommandType.Buy or CommandType.Sell when n > 1_000 => Status.OrderTooLarge,
            CommandType.Buy when cost > trader.Coins => Status.InsufficientCoins,
            CommandType.Invest when n / 1_000_000m > trader.Coins => Status.InsufficientCoins,
            CommandType.Sell or CommandType.Feed when n > trader.Shares => Status.InsufficientShares,
            _ => Status.Accepted,
        };
    }

    private void Apply(NaiveTrader trader, TraderCommand command, Timestamp now)
    {
        var (n, cost) = (command.Amount, command.Amount * _price.Price);
        switch (command.Type)
        {
            case CommandType.Buy: trader.Coins -= cost; trader.CoinsBought += cost; trader.Shares += n; trader.SharesBought += n; break;
            case CommandType.Sell: trader.Coins += cost; trader.CoinsSold += cost; trader.Shares -= n; trader.SharesSold += n; break;
            case CommandType.Feed: trader.Shares -= n; trader.Fed += n; break;
            case CommandType.Invest: Invest(trader, command.TxnId, n / 1_000_000m); break;
        }
        trader.Changed = now;
        if (trader.BailOutIfPoor()) { Tell(trader, ResultType.Bailout, command.TxnId, 10); }
    }

    private void Invest(NaiveTrader trader, string txnId, decimal coins)
    {
        (trader.Coins, trader.CoinsInvested) = (trader.Coins - coins, trader.CoinsInvested + coins);
        (trader.InFlight, trader.Investments) = (trader.InFlight + 1, trader.Investments + 1);
        _untold.Enqueue(now => Plant(trader, txnId, coins, now));
    }

    private void Plant(NaiveTrader trader, string txnId, decimal coins, Timestamp now)
    {
        _everInvested += coins;
        var wait = Math.Min(Math.Ceiling(10 * _everInvested), 60_000);
        var drawn = Math.Exp(0.035 + Math.Exp(-1 - ((double)_everInvested / 1_000)) + (0.01 * chance.Harvest(_planted)));
        var micro = Math.Round((double)(coins * 1_000_000) * Math.Min(1.15, drawn), MidpointRounding.ToEven); // r is a binary fraction: half a micro-coin depends on it
        var home = (decimal)micro / 1_000_000;
        _growing.Add(new Growing(trader, txnId, home, MarketTime(_heard, now) + (long)wait, ++_planted));
    }

    private void Harvest(Timestamp now)
    {
        var due = _growing.Where(one => _heard.Status is MarketStatus.Ended || (_heard.Status is MarketStatus.Running && one.Due <= MarketTime(_heard, now)));
        foreach (var one in due.OrderBy(one => one.Due).ThenBy(one => one.Number).ToList())
        {
            _growing.Remove(one);
            _untold.Enqueue(then => ComeHome(one, then));
        }
    }

    private void ComeHome(Growing one, Timestamp now)
    {
        var trader = one.Trader;
        (trader.Coins, trader.CoinsReturned) = (trader.Coins + one.Home, trader.CoinsReturned + one.Home);
        (trader.InFlight, trader.Returns, trader.Changed) = (trader.InFlight - 1, trader.Returns + 1, now);
        var helped = trader.BailOutIfPoor();
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
