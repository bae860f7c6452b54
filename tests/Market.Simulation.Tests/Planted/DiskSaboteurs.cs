using System.Buffers.Binary;
using Market.Actors.Journal;
using Market.Actors.Simulation;
using Market.Protocol.Wire;

namespace Market.Simulation.Tests.Planted;

/// <summary>Appends are told to be durable one append too early.</summary>
internal sealed class HastyAnswers : Saboteur
{
    public override IJournal Journal(IJournal sound, Machine machine) => new WithAppend(sound, new Late(sound, () => Struck++).Append);

    private sealed class Late(IJournal sound, Action struck)
    {
        private JournaledTurn[] _pending = [];

        public void Append(ReadOnlySpan<JournaledTurn> turns)
        {
            var first = _pending;
            _pending = [];
            if (first.Length > 0) { sound.Append(first); }
            _pending = [.. turns.ToArray().Select(turn => turn with { Bytes = turn.Bytes.ToArray() })];
            struck();
        }
    }
}

/// <summary>What was written is told to be on stable storage.</summary>
internal sealed class SkippedSync : Saboteur
{
    public override bool SkipsSync
    {
        get
        {
            Struck++;
            return true;
        }
    }
}

/// <summary>An append whose sync failed is told to have worked.</summary>
internal sealed class FailureTakenForDone : Saboteur
{
    public override IJournal Journal(IJournal sound, Machine machine) => new WithAppend(sound, turns =>
    {
        try { sound.Append(turns); }
        catch (JournalUnavailableException) when (machine.World.Disk.HasUnsynced) { Struck++; }
    });
}

/// <summary>A snapshot says that it is of one event less than it holds.</summary>
internal sealed class EarlySnapshot : Saboteur
{
    public override IJournal Journal(IJournal sound, Machine machine) => new WithSave(sound, snapshot =>
    {
        Struck++;
        return snapshot with { NextSequence = snapshot.NextSequence - 1 };
    });
}

/// <summary>A snapshot forgets what time it was.</summary>
internal sealed class ForgottenTime : Saboteur
{
    public override IJournal Journal(IJournal sound, Machine machine) => new WithSave(sound, snapshot =>
    {
        Struck++;
        var from = new BytesReader(snapshot.Bytes.Span);
        from.Take(sizeof(uint));
        var before = from.Unsigned();
        from.Signed();
        var to = new BytesWriter();
        to.Take(sizeof(uint));
        to.Unsigned(before);
        to.Signed(0);
        snapshot.Bytes.Span[from.Offset..].CopyTo(to.Take(snapshot.Bytes.Length - from.Offset));
        BinaryPrimitives.WriteUInt32LittleEndian(to.Patch(0, sizeof(uint)), Crc32C.Of(to.Written[sizeof(uint)..]));
        return snapshot with { Bytes = to.Written.ToArray() };
    });
}
