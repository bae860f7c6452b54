using Market.Protocol.Messages;
using Market.Protocol.Values;

namespace Market.Actors.Clock;

/// <summary>
/// A market's own time: how long it has been running. It stands still while the market is open, paused or ended, so that whatever is
/// due in market time waits too.
/// </summary>
/// <param name="ElapsedMs">Running time until <paramref name="Since"/>.</param>
/// <param name="Since">When the status last changed.</param>
public readonly record struct MarketClock(MarketStatus Status, long ElapsedMs, Timestamp Since)
{
    public bool IsRunning => Status is MarketStatus.Running;

    /// <summary>Running time until <paramref name="now"/>, in ms.</summary>
    public long At(Timestamp now) => IsRunning ? ElapsedMs + Math.Max(0, now.MsSince(Since)) : ElapsedMs;

    /// <summary>When this market time comes; null while the clock stands still.</summary>
    public Timestamp? When(long marketMs) => IsRunning ? Since.Plus(marketMs - ElapsedMs) : null;
}

/// <summary>What one shard knows of its market: whether it trades, and at which price. Each shard has its own, told by messages.</summary>
/// <param name="Price">Before the first tick, one coin.</param>
/// <param name="PriceSeq">0 before the first tick.</param>
/// <param name="Seed">Of all chance in this market; means nothing before the market was opened.</param>
public readonly record struct Floor(MarketClock Clock, Coins Price, long PriceSeq, ulong Seed)
{
    public static Floor BeforeTheStart { get; } = new(default, Coins.Whole(1), 0, 0);
}
