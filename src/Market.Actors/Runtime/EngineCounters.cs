using Market.Actors.Journal;

namespace Market.Actors.Runtime;

/// <summary>What an engine has done, for metrics: plain counting on its own thread, read by any.</summary>
public sealed class EngineCounters
{
    private long _appends;
    private long _turns;
    private long _events;
    private long _bytes;
    private long _recovered;

    /// <summary>Appends to the journal, each of the turns of one round.</summary>
    public long Appends => Volatile.Read(ref _appends);

    public long Turns => Volatile.Read(ref _turns);

    public long Events => Volatile.Read(ref _events);

    /// <summary>Bytes of all turns appended.</summary>
    public long Bytes => Volatile.Read(ref _bytes);

    /// <summary>Events replayed at starts.</summary>
    public long RecoveredEvents => Volatile.Read(ref _recovered);

    internal void Appended(ReadOnlySpan<JournaledTurn> turns)
    {
        Volatile.Write(ref _appends, _appends + 1);
        Volatile.Write(ref _turns, _turns + turns.Length);
        var (events, bytes) = (_events, _bytes);
        foreach (ref readonly var turn in turns)
        {
            events += turn.Count;
            bytes += turn.Bytes.Length;
        }
        Volatile.Write(ref _events, events);
        Volatile.Write(ref _bytes, bytes);
    }

    internal void Recovered(long events) => Volatile.Write(ref _recovered, _recovered + events);
}
