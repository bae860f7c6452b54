using Market.Protocol.Messages;
using Market.Protocol.Values;

namespace Market.Actors.Bots;

/// <summary>
/// The desk of one trader: numbers its commands and holds each until it is answered. Small, because a laboratory has a million.
/// </summary>
public sealed class Desk : IDesk
{
    /// <summary>Most commands unanswered at once: more than a bot needs in one tick, few enough to search one by one.</summary>
    public const int MaxUnanswered = 8;

    /// <summary>Least time between two gibbs, in ms of the ticks: the market counts six a minute of one author.</summary>
    public const long GibbGapMs = 10_000;

    private readonly ITxnIds _txnIds;
    private readonly IClerk _clerk;

    // Those not answered yet, in the order they were sent: the first so many places of the array, which grows up to its bound.
    private Sent[] _unanswered = [];
    private int _count;
    private long _lastNumber;
    private Coins _price = Coins.Whole(1);
    private Timestamp _now;
    private Timestamp? _lastGibb;
    private Coins _heldCoins;
    private long _heldShares;
    private int _failed;

    internal Desk(ITxnIds txnIds, long largestOrder, IClerk clerk) => (_txnIds, LargestOrder, _clerk) = (txnIds, largestOrder, clerk);

    public TraderState State { get; internal set; }

    public Coins FreeCoins => new(Math.Max(0, State.Coins.Micro - _heldCoins.Micro));

    public long FreeShares => Math.Max(0, State.Shares - _heldShares);

    public long LargestOrder { get; }

    public int Unanswered => _count;

    /// <summary>Whether the market could not answer something, so that it must be sent again.</summary>
    internal bool HasFailed => _failed > 0;

    public bool Buy(long shares) => Send(CommandType.Buy, shares, CostOf(shares), 0);

    public bool Sell(long shares) => Send(CommandType.Sell, shares, Coins.Zero, shares);

    public bool Invest(Coins coins) => Send(CommandType.Invest, coins.Micro, coins, 0);

    public bool Feed(long monkeys) => Send(CommandType.Feed, monkeys, Coins.Zero, monkeys);

    public bool Gibb(string text)
    {
        var tooSoon = _lastGibb is { } last && _now.MsSince(last) < GibbGapMs;
        if (tooSoon || string.IsNullOrWhiteSpace(text) || text.Length > Protocol.Messages.Gibb.MaxTextLength || !_clerk.TryPost(text)) { return false; }
        _lastGibb = _now;
        return true;
    }

    internal void Priced(in PriceTick tick) => (_price, _now) = (tick.Price, tick.Time);

    /// <summary>The command with this number is done with. False when there is none: it was answered before.</summary>
    internal bool Settle(long number)
    {
        var index = IndexOf(number);
        if (index < 0) { return false; }
        Release(index);
        return true;
    }

    /// <summary>Nobody knows whether the command was done: it waits to be sent again, and nothing new is sent before it.</summary>
    internal void Fail(long number)
    {
        var index = IndexOf(number);
        if (index < 0 || _unanswered[index].Failed) { return; }
        _unanswered[index].Failed = true;
        _failed++;
    }

    /// <summary>Sends what failed again, the same command under the same txnId: it is done once, however often it is sent.</summary>
    internal void SendAgain()
    {
        for (var i = 0; i < _count && _failed > 0; i++)
        {
            ref var sent = ref _unanswered[i];
            if (!sent.Failed) { continue; }
            if (!_clerk.TrySend(new TraderCommand(sent.Type, _txnIds.Of(sent.Number), sent.Amount), sent.Number)) { return; }
            sent.Failed = false;
            _failed--;
        }
    }

    private bool Send(CommandType type, long amount, Coins coins, long shares)
    {
        if (amount < 1 || _count == MaxUnanswered || HasFailed) { return false; }
        var number = ++_lastNumber;
        if (!_clerk.TrySend(new TraderCommand(type, _txnIds.Of(number), amount), number)) { return false; }
        Hold(new Sent(number, type, amount, coins < FreeCoins ? coins : FreeCoins, Math.Min(shares, FreeShares)));
        return true;
    }

    /// <summary>What it may cost, at most all there is: more is refused, and costs nothing.</summary>
    private Coins CostOf(long shares) => _price.TryTimes(shares, out var cost) ? cost : State.Coins;

    private void Hold(in Sent sent)
    {
        if (_count == _unanswered.Length) { Array.Resize(ref _unanswered, Math.Clamp(_count * 2, 1, MaxUnanswered)); }
        _unanswered[_count++] = sent;
        _heldCoins += sent.Coins;
        _heldShares += sent.Shares;
    }

    private void Release(int index)
    {
        var sent = _unanswered[index];
        _count--;
        Array.Copy(_unanswered, index + 1, _unanswered, index, _count - index);
        _heldCoins -= sent.Coins;
        _heldShares -= sent.Shares;
        if (sent.Failed) { _failed--; }
    }

    private int IndexOf(long number)
    {
        for (var i = 0; i < _count; i++)
        {
            if (_unanswered[i].Number == number) { return i; }
        }
        return -1;
    }

    /// <param name="Coins">Held for it.</param>
    /// <param name="Shares">Likewise.</param>
    private record struct Sent(long Number, CommandType Type, long Amount, Coins Coins, long Shares)
    {
        /// <summary>Could not be answered, and is to be sent again.</summary>
        public bool Failed { get; set; }
    }
}
