using Market.Protocol.Values;

namespace Market.Protocol.Messages;

/// <summary>
/// What is journaled beside <see cref="TraderEvent"/>. Each holds the results of what was decided, chance included,
/// so that a replay decides and draws nothing. The time is the turn's.
/// </summary>
public abstract record MarketEvent;

/// <summary>A trader exists from here on; its number within the shard is how many joined there before.</summary>
public sealed record TraderJoined(TraderKey Trader) : MarketEvent;

/// <summary>The first event of a market.</summary>
/// <param name="Seed">Of all chance in this market.</param>
/// <param name="Shards">For good: a key's shard depends on it.</param>
/// <param name="Rules">All the rules of the game, for good, as the actors' rules codec writes them.</param>
public sealed record MarketOpened(MarketId Market, ulong Seed, int Shards, string Rules) : MarketEvent;

/// <summary>The organiser moved the game on.</summary>
/// <param name="ElapsedMs">Running time until now.</param>
public sealed record MarketMoved(MarketStatus Status, long ElapsedMs) : MarketEvent;

/// <summary>A shard's floor heard that the game moved on.</summary>
/// <param name="Since">When it did, by the market's own actor.</param>
/// <param name="Seed">Of all chance in this market.</param>
public sealed record FloorMoved(MarketStatus Status, long ElapsedMs, Timestamp Since, ulong Seed) : MarketEvent;

/// <summary>A shard's floor heard a price; orders are decided at it from here on.</summary>
public sealed record FloorPriced(long Seq, Coins Price) : MarketEvent;

/// <summary>A price was drawn.</summary>
/// <param name="Ema">The moving average the forecast is made of, in coins.</param>
/// <param name="NextMs">When the next is due, in market time.</param>
public sealed record PriceTicked(PriceTick Tick, double Ema, long NextMs) : MarketEvent;

/// <summary>Talk moved the hype.</summary>
/// <param name="Points">Each worth 0.01 coin by default.</param>
/// <param name="Hype">As it is now.</param>
/// <param name="Burst">A bubble begins to burst.</param>
/// <param name="NextMs">When its first step is due, in market time; 0 when none begins.</param>
public sealed record HypeMoved(int Points, Coins Hype, bool Burst, long NextMs) : MarketEvent;

/// <summary>A bursting bubble took one of its steps.</summary>
/// <param name="Step">From 0.</param>
/// <param name="Hype">As it is now.</param>
/// <param name="Last">The burst is over.</param>
/// <param name="NextMs">When the next step is due, in market time; means nothing after the last.</param>
public sealed record BurstStepped(int Step, Coins Hype, bool Last, long NextMs) : MarketEvent;

/// <summary>A post was scored.</summary>
public sealed record GibbPosted(Gibb Gibb) : MarketEvent;

/// <summary>An investment was planted; its multiplier and due time are drawn here, once.</summary>
/// <param name="Amount">What was invested.</param>
/// <param name="Total">All coins ever invested in this market, this one included.</param>
/// <param name="Multiplier">r of the rules.</param>
/// <param name="Harvest">What will come home.</param>
/// <param name="DueMs">When, in running time of the market.</param>
public sealed record Planted(
    TraderKey Trader, string TxnId, Coins Amount, Coins Total, double Multiplier, Coins Harvest, long DueMs) : MarketEvent;

/// <summary>A planted investment is on its way home; numbers count plantings from 1.</summary>
public sealed record Harvested(long Number) : MarketEvent;

/// <summary>Messages of another shard were handled, up to and with this number.</summary>
public sealed record MessagesReceived(int Peer, long UpTo) : MarketEvent;

/// <summary>Another shard has handled our messages, up to and with this number; they need not be sent again.</summary>
public sealed record MessagesAcknowledged(int Peer, long UpTo) : MarketEvent;

/// <summary>The event before, of the same turn, is what a request did; what it says is the answer, however often the request comes again.</summary>
/// <param name="Id">The request's own; never 0.</param>
public sealed record RequestAnswered(ulong Id) : MarketEvent;
