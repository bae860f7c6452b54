using Market.Protocol.Values;

namespace Market.Actors.Cluster;

/// <summary>
/// Whether a session can be sure that the broker has not given its mail to others: it closes no connection that it had a word from within ten seconds (two
/// heartbeats of 5 s), and a notice that came back is a word it had. Without that, mail that a cut held up may be others' by now. Safe for many threads.
/// </summary>
/// <param name="begun">When it was connected.</param>
/// <param name="patienceMs">How long after the sending of a notice that came back it is sure; default 8,000.</param>
public sealed class Standing(Timestamp begun, long patienceMs = 8_000)
{
    /// <summary>Notices under way that are remembered: those of half a minute.</summary>
    private const int Remembered = 64;

    private readonly Lock _gate = new();

    // Owned by the gate: own notices that did not come back yet, by number and when they were sent; and when the last that did was.
    private readonly Queue<(long Beat, Timestamp At)> _underWay = new();
    private Timestamp _sent = begun;

    /// <summary>A notice of this session is about to be sent.</summary>
    public void Telling(long beat, Timestamp now)
    {
        lock (_gate)
        {
            _underWay.Enqueue((beat, now));
            if (_underWay.Count > Remembered) { _underWay.Dequeue(); }
        }
    }

    /// <summary>A notice of this session came back.</summary>
    public void Heard(long beat)
    {
        lock (_gate)
        {
            while (_underWay.TryPeek(out var first) && first.Beat <= beat)
            {
                if (first.Beat == beat) { _sent = first.At; }
                _underWay.Dequeue();
            }
        }
    }

    public bool IsSure(Timestamp now)
    {
        lock (_gate) { return now.MsSince(_sent) <= patienceMs; }
    }
}
