using Market.Actors.Journal;
using Market.Protocol.Messages;
using Market.Protocol.Values;
using Market.Protocol.Wire;

namespace Market.Actors.Runtime;

/// <summary>
/// The turn a shard is taking: each event is written down and folded into the state in one step, so that the journal cannot say
/// anything else than the memory. Reused from turn to turn; owned by the shard's thread.
/// </summary>
/// <param name="stream">Whose journal.</param>
/// <param name="state">What the events change.</param>
/// <param name="nextSequence">Number of the next event.</param>
/// <param name="before">Checksum of the last turn; 0 before the first.</param>
/// <param name="time">Time of the last turn: time never goes back.</param>
public sealed class Turn(StreamId stream, ShardState state, long nextSequence, uint before, Timestamp time)
{
    private readonly BytesWriter _bytes = new();

    /// <summary>Events of this turn so far.</summary>
    public int Count { get; private set; }

    /// <summary>Checksum of the last turn ended; 0 before the first.</summary>
    public uint Before { get; private set; } = before;

    /// <summary>Of the turn being taken, or of the last one taken, though nothing may have happened in it.</summary>
    public Timestamp Time { get; private set; } = time;

    /// <summary>Of the last turn in which something happened.</summary>
    public Timestamp HappenedAt { get; private set; } = time;

    /// <summary>Number of the first event of the turn being taken, or of the next one.</summary>
    public long NextSequence { get; private set; } = nextSequence;

    /// <summary>All events of a turn have one time, and it never goes back, whatever the machine's clock does.</summary>
    public void Begin(Timestamp now)
    {
        if (now > Time) { Time = now; }
        Count = 0;
        _bytes.Clear();
        _bytes.Take(TurnFormat.HeaderLength);
    }

    /// <param name="txnHash">Of the txnId, when the event is an answer.</param>
    public void Happen(int slot, in TraderEvent happened, ReadOnlySpan<char> txnId, (ulong High, ulong Low) txnHash)
    {
        EventWriter.Write(_bytes, slot, happened, txnId);
        Count++;
        state.On(slot, happened, txnId, txnHash, Time);
    }

    public void Happen(MarketEvent happened)
    {
        EventWriter.Write(_bytes, happened);
        Count++;
        state.On(happened, Time);
    }

    /// <summary>Ends the turn.</summary>
    /// <returns>What must be durable before anything is said, its bytes valid until the next turn begins; null when nothing happened.</returns>
    public JournaledTurn? End()
    {
        if (Count == 0) { return null; }
        var header = new TurnHeader(stream.Shard, NextSequence, Count, Time, Before, 0);
        HappenedAt = Time;
        Before = TurnFormat.Seal(_bytes.Patch(0, _bytes.Length), header);
        var turn = new JournaledTurn(stream, NextSequence, Count, _bytes.WrittenMemory);
        NextSequence += Count;
        return turn;
    }
}
