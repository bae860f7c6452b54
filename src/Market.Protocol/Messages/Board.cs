using Market.Protocol.Values;

namespace Market.Protocol.Messages;

/// <summary>The scoreboard at one moment. Equal scores share a rank; order: score, then fewer bailouts, then team and name.</summary>
/// <param name="Seq">How often it has changed; grows with every change.</param>
/// <param name="Final">The market has ended and the last investment is home: this will not change.</param>
/// <param name="Traders">The best first, cut to the limit asked for.</param>
public sealed record Board(
    MarketId Market, Timestamp Time, long Seq, bool Final, IReadOnlyList<TeamRow> Teams, IReadOnlyList<TraderRow> Traders);

/// <param name="Rank">From 1.</param>
/// <param name="Traders">How many the team has.</param>
public sealed record TeamRow(int Rank, string Team, long Score, long FedMonkeys, long Bailouts, int Traders);

/// <param name="Rank">From 1.</param>
public readonly record struct TraderRow(int Rank, TraderKey Trader, TraderState State);
