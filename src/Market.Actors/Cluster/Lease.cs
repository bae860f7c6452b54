using Market.Protocol.Values;

namespace Market.Actors.Cluster;

/// <summary>
/// A node's right to act on what it is told: while it runs without a standstill, in one session with the broker. What reaches its doors after it was lost, by
/// a connection from before, may have been sent long ago, and by another door since; what its shards were sent, others may have done. Safe for many threads.
/// </summary>
/// <param name="patienceMs">A node that did not come to renew it for so long stood still; default 2,000. Less than others wait until they take it for gone.</param>
public sealed class Lease(long patienceMs = 2_000)
{
    /// <summary>Connections made while a node stood still are accepted when it goes on.</summary>
    private const long ConnectedMeanwhileMs = 1_000;

    private readonly Lock _gate = new();

    // Owned by the gate; no renewal while it is lost, no regaining before it was.
    private Timestamp? _renewed;
    private Timestamp? _regained;
    private bool _wasHeld;

    /// <summary>A session with the broker begins.</summary>
    public void Begin(Timestamp now)
    {
        lock (_gate)
        {
            if (_wasHeld) { _regained = now; }
            (_renewed, _wasHeld) = (now, true);
        }
    }

    /// <summary>The session is over.</summary>
    public void End()
    {
        lock (_gate) { _renewed = null; }
    }

    /// <summary>The node runs; to be called a few times a second, by a thread that nothing holds up. Nothing without a session.</summary>
    /// <returns>Whether it is lost, because the node stood still before: the session must end.</returns>
    public bool Renew(Timestamp now)
    {
        lock (_gate)
        {
            if (_renewed is not { } before) { return false; }
            var stoodStill = now.MsSince(before) > patienceMs;
            _renewed = stoodStill ? null : now;
            return stoodStill;
        }
    }

    /// <summary>Whether commands may be taken, and mail handled, now.</summary>
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
