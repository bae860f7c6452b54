using Market.Protocol.Messages;
using Market.Protocol.Values;

namespace Market.Actors.Clock;

/// <summary>What the market's own actor knows.</summary>
/// <param name="Shards">0 until the market was opened.</param>
/// <param name="Seed">Of all chance in this market.</param>
public sealed record MarketState(int Shards, ulong Seed, MarketClock Clock)
{
    public static MarketState Unopened { get; } = new(0, 0, default);

    public bool IsOpened => Shards > 0;

    public MarketState Evolve(MarketOpened opened, Timestamp time) =>
        this with { Shards = opened.Shards, Seed = opened.Seed, Clock = new MarketClock(MarketStatus.Open, 0, time) };

    public MarketState Evolve(MarketMoved moved, Timestamp time) =>
        this with { Clock = new MarketClock(moved.Status, moved.ElapsedMs, time) };
}

/// <summary>Open → running ⇄ paused → ended. Pure.</summary>
public static class MarketDecider
{
    /// <returns>What happens; null when the action does not fit the status.</returns>
    public static MarketMoved? Decide(MarketState state, MarketAction action, Timestamp now)
    {
        MarketStatus? next = (state.Clock.Status, action) switch
        {
            (MarketStatus.Open, MarketAction.Start) => MarketStatus.Running,
            (MarketStatus.Running, MarketAction.Pause) => MarketStatus.Paused,
            (MarketStatus.Paused, MarketAction.Resume) => MarketStatus.Running,
            (MarketStatus.Open or MarketStatus.Running or MarketStatus.Paused, MarketAction.End) => MarketStatus.Ended,
            _ => null,
        };
        return next is { } status ? new MarketMoved(status, state.Clock.At(now)) : null;
    }
}
