using Market.Protocol.Values;

namespace Market.Actors.Cluster;

/// <summary>
/// A door's right to take commands: it lasts as long as the node hears its own notices come back from the broker. A node that was cut off, or stood still,
/// hears none; what reaches its doors then, or soon after by a connection from before, may have been sent long ago, and by another door since. Safe for many threads.
/// </summary>
/// <param name="patienceMs">Without a notice of its own for so long it is lost; default 3,000, six times as long as between two.</param>
public sealed class Lease(long patienceMs = 3_000)
{
    /// <summary>Connections made while a node stood still are accepted when it goes on.</summary>
    private const long ConnectedMeanwhileMs = 1_000;

    private readonly Lock _gate = new();

    // Owned by the gate.
    private Timestamp? _renewed;
    private Timestamp? _regained;

    /// <summary>A notice of this node's own came back.</summary>
    /// <returns>Whether it had been lost: what waits in the doors' mailboxes then is old.</returns>
    public bool Renew(Timestamp now)
    {
        lock (_gate)
        {
            var wasLost = _renewed is { } before && now.MsSince(before) > patienceMs;
            if (wasLost) { _regained = now; }
            _renewed = now;
            return wasLost;
        }
    }

    /// <summary>Whether commands may be taken now.</summary>
    public bool IsHeld(Timestamp now)
    {
        lock (_gate) { return _renewed is { } renewed && now.MsSince(renewed) <= patienceMs; }
    }

    /// <summary>Whether what comes by a connection of this age was sent after the lease was last lost.</summary>
    public bool Covers(Timestamp connected)
    {
        lock (_gate) { return _regained is not { } regained || connected.MsSince(regained) > ConnectedMeanwhileMs; }
    }
}
