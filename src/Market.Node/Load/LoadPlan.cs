using Market.Protocol.Values;

namespace Market.Node.Load;

/// <summary>The door that is loaded.</summary>
public enum LoadDoor
{
    WebSocket,
    Http,
}

/// <summary>What is asked of a node, how often and for how long.</summary>
public sealed record LoadPlan
{
    /// <summary>Ends with a slash.</summary>
    public required Uri Node { get; init; }

    public required MarketId Market { get; init; }

    public LoadDoor Door { get; init; } = LoadDoor.WebSocket;

    public int Connections { get; init; } = 1;

    /// <summary>Orders in a request; one goes without an array.</summary>
    public int Batch { get; init; } = 1;

    /// <summary>
    /// Requests of one connection that may wait for their answer. HTTP has one: its next waits its turn, late by its own clock and measured from
    /// when it was due.
    /// </summary>
    public int InFlight { get; init; } = 1;

    /// <summary>Orders offered a second, whatever comes back; null keeps <see cref="InFlight"/> waiting all the time.</summary>
    public double? PerSecond { get; init; }

    /// <summary>How long it is loaded before anything is counted.</summary>
    public TimeSpan WarmUp { get; init; } = TimeSpan.FromSeconds(1);

    public TimeSpan Time { get; init; } = TimeSpan.FromSeconds(10);
}

/// <summary>A trader that joined, with the token that lets it act.</summary>
public sealed record LoadTrader(TraderKey Trader, string Token);
