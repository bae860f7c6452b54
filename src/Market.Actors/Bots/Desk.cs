using Market.Protocol.Messages;
using Market.Protocol.Values;

namespace Market.Actors.Bots;

/// <summary>
/// The desk of one trader: numbers its commands and holds each until it is answered. A txnId is <c>name-start-number</c>: the number
/// tells commands of one start apart, the start those of different ones, so that no txnId ever means two commands.
/// </summary>
public sealed class Desk : IDesk
{
    /// <summary>Most commands unanswered at once: more than a bot needs in one tick, few enough to search one by one.</summary>
    public const int MaxUnanswered = 8;

    /// <summary>Least time between two gibbs, in ms of the ticks: the market counts six a minute of one author.</summary>
    public const long GibbGapMs = 10_000;

    private readonly string _txnIdPrefix;
    private readonly IClerk _clerk;
    private readonly List<Sent> _unanswered = new(2);
    private long _lastNumber;
    private Coins _price = Coins.Whole(1);
    private Timestamp _now;
    private Timestamp? _lastGibb;
    private Coins _heldCoins;
    private long _heldShares;
    private int _failed;

    internal Desk(TraderKey trader, string start, long largestOrder, IClerk clerk)
    {
        _txnIdPrefix = $"{trader.Name}-{start}-";
        _clerk = clerk;
        LargestOrder = largestOrder;
    }

    public TraderState State { get; internal set; }

    public Coins FreeCoins => new(Math.Max(0, State.Coins.Micro - _heldCoins.Micro));

    public long FreeShares => Math.Max(0, State.Shares - _heldShares);

    public long LargestOrder { get; }

    public int Unanswered => _unanswered.Count;

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
        _unanswered[index] = _unanswered[index] with { Failed = true };
        _failed++;
    }

    /// <summary>Sends what failed again, the same command under the same txnId: it is done once, however often it is sent.</summary>
    internal void SendAgain()
    {
        for (var i = 0; i < _unanswered.Count && _failed > 0; i++)
        {
            var sent = _unanswered[i];
            if (!sent.Failed) { continue; }
            if (!_clerk.TrySend(sent.Command, sent.Number)) { return; }
            _unanswered[i] = sent with { Failed = false };
            _failed--;
        }
    }

    private bool Send(CommandType type, long amount, Coins coins, long shares)
    {
        if (amount < 1 || _unanswered.Count == MaxUnanswered || HasFailed) { return false; }
        var number = ++_lastNumber;
        var command = new TraderCommand(type, string.Create(System.Globalization.CultureInfo.InvariantCulture, $"{_txnIdPrefix}{number}"), amount);
        if (!_clerk.TrySend(command, number)) { return false; }
        Hold(new Sent(number, command, coins < FreeCoins ? coins : FreeCoins, Math.Min(shares, FreeShares), false));
        return true;
    }

    /// <summary>What it may cost, at most all there is: more is refused, and costs nothing.</summary>
    private Coins CostOf(long shares) => _price.TryTimes(shares, out var cost) ? cost : State.Coins;

    private void Hold(in Sent sent)
    {
        _unanswered.Add(sent);
        _heldCoins += sent.Coins;
        _heldShares += sent.Shares;
    }

    private void Release(int index)
    {
        var sent = _unanswered[index];
        _unanswered.RemoveAt(index);
        _heldCoins -= sent.Coins;
        _heldShares -= sent.Shares;
        if (sent.Failed) { _failed--; }
    }

    private int IndexOf(long number)
    {
        for (var i = 0; i < _unanswered.Count; i++)
        {
            if (_unanswered[i].Number == number) { return i; }
        }
        return -1;
    }

    /// <param name="Coins">Held for it.</param>
    /// <param name="Shares">Likewise.</param>
    /// <param name="Failed">Could not be answered, and is to be sent again.</param>
    private readonly record struct Sent(long Number, TraderCommand Command, Coins Coins, long Shares, bool Failed);
}
