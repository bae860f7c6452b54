using Market.Protocol.Messages;
using Market.Protocol.Values;

namespace Market.Actors.Simulation;

/// <summary>How a game stands, as somebody heard it; counts market time in the plainest way.</summary>
internal readonly record struct HeardClock(MarketStatus Status, long ElapsedMs, Timestamp Since)
{
    public bool IsRunning => Status is MarketStatus.Running;

    /// <summary>Market time in ms.</summary>
    public long At(Timestamp now) => IsRunning ? ElapsedMs + Math.Max(0, now.MsSince(Since)) : ElapsedMs;
}
