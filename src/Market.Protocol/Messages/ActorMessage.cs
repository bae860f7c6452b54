using Market.Protocol.Values;

namespace Market.Protocol.Messages;

/// <summary>What one actor tells another, possibly on another shard. Delivered in order and handled exactly once.</summary>
public abstract record ActorMessage;

/// <summary>A trader to the plantation: plant this.</summary>
public sealed record Plant(TraderKey Trader, string TxnId, Coins Amount) : ActorMessage;

/// <summary>The plantation to a trader: this came home.</summary>
public sealed record ComeHome(TraderKey Trader, string TxnId, Coins Amount) : ActorMessage;

/// <summary>The market to every floor: the game moved on.</summary>
public sealed record ClockMoved(MarketStatus Status, long ElapsedMs, Timestamp Since, ulong Seed) : ActorMessage;

/// <summary>The price to every floor: orders cost this from now on.</summary>
public sealed record PriceMoved(long Seq, Coins Price) : ActorMessage;

/// <summary>Gibber to the price: talk was counted.</summary>
public sealed record TalkHeard(int Points) : ActorMessage;
