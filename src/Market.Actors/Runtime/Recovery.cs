using System.Buffers.Binary;
using Market.Actors.Journal;
using Market.Protocol.Values;
using Market.Protocol.Wire;

namespace Market.Actors.Runtime;

/// <summary>
/// From the journal to shards that can go on: the newest snapshot, where there is a sound one, and all turns after it. What a shard
/// owed when it stopped, messages, timers and remembered answers, is in its state and so comes back by itself.
/// </summary>
/// <param name="follower">Is shown the same turns.</param>
public sealed class Recovery(IJournal journal, IJournalFollower follower)
{
    private const int SealLength = 4;
    private const int SmallestSize = 4_096;

    private readonly Dictionary<StreamId, (ShardState State, StreamReplay Replay)> _shards = [];
    private readonly List<(StreamId Stream, string Why)> _passedOver = [];

    /// <summary>Snapshots that were not sound, and why: their shards were read from the start of the journal.</summary>
    public IReadOnlyList<(StreamId Stream, string Why)> PassedOver => _passedOver;

    /// <summary>Events replayed so far.</summary>
    public long Events { get; private set; }

    /// <summary>Recovers all shards of a market, in their order.</summary>
    /// <param name="rules">Those it was opened with, when it was: an actor's shard depends on how many there are.</param>
    /// <exception cref="JournalCorruptException">The journal is not sound; nothing is skipped.</exception>
    /// <exception cref="JournalUnavailableException">It cannot be read.</exception>
    public IReadOnlyList<(ShardState State, StreamReplay Replay)> Recover(MarketRules rules) =>
        Recover(rules, [.. Enumerable.Range(0, rules.Shards).Select(shard => new StreamId(rules.Market, shard))]);

    /// <summary>Recovers some shards of a market, in the order given.</summary>
    /// <inheritdoc cref="Recover(MarketRules)"/>
    public IReadOnlyList<(ShardState State, StreamReplay Replay)> Recover(MarketRules rules, IReadOnlyList<StreamId> streams)
    {
        RequireNoOtherShards(rules);
        var placement = new Placement(rules.Market, rules.Shards);
        var from = new Dictionary<StreamId, long>();
        foreach (var stream in streams)
        {
            _shards[stream] = FromSnapshot(stream, placement, rules) ?? FromNothing(stream, placement, rules);
            from[stream] = _shards[stream].Replay.NextSequence;
        }
        foreach (var turn in journal.Read(from))
        {
            _shards[turn.Stream].Replay.Turn(turn);
            follower.Committed(turn);
            Events += turn.Count;
        }
        return [.. streams.Select(stream => _shards[stream])];
    }

    private static (ShardState, StreamReplay) FromNothing(StreamId stream, Placement placement, MarketRules rules)
    {
        var state = new ShardState(stream.Shard, placement, rules.Traders.RememberedAnswers);
        return (state, new StreamReplay(stream, state));
    }

    private (ShardState, StreamReplay)? FromSnapshot(StreamId stream, Placement placement, MarketRules rules)
    {
        if (journal.LatestSnapshot(stream) is not { } snapshot) { return null; }
        try
        {
            var from = Unseal(snapshot);
            if (Read(ref from, snapshot, placement, rules) is not { } recovered) { return null; }
            follower.Restore(stream, snapshot.NextSequence, recovered.Replay.Before, Traders(recovered.State), ref from);
            return recovered;
        }
        catch (CorruptBytesException corrupt)
        {
            _passedOver.Add((stream, corrupt.Message));
            return null;
        }
    }

    /// <summary>The state that a snapshot holds, ready for the turns after it; null when it is of another format.</summary>
    /// <exception cref="CorruptBytesException">It is not sound.</exception>
    public static (ShardState State, StreamReplay Replay)? FromSnapshot(Snapshot snapshot, Placement placement, MarketRules rules)
    {
        var from = Unseal(snapshot);
        return Read(ref from, snapshot, placement, rules);
    }

    private static (ShardState State, StreamReplay Replay)? Read(ref BytesReader from, Snapshot snapshot, Placement placement, MarketRules rules)
    {
        var (before, time) = ((uint)from.Unsigned(), new Timestamp(from.Signed()));
        var state = SnapshotCodec.Read(ref from, snapshot.Stream.Shard, placement, rules.Traders.RememberedAnswers);
        return state is null ? null : (state, new StreamReplay(snapshot.Stream, state, snapshot.NextSequence, before, time));
    }

    /// <summary>The bytes of a snapshot: CRC-32C of the rest, checksum and time of the last turn, the state, the followers' history.</summary>
    /// <param name="size">About how many bytes it will have: those of the last one.</param>
    public static Snapshot Take(Shard shard, IJournalFollower follower, int size = 0)
    {
        var to = new BytesWriter(size + SmallestSize + (size / 8));
        to.Take(SealLength);
        to.Unsigned(shard.Before);
        to.Signed(shard.HappenedAt.UnixMs); // another owner may have journaled the next turn since, before this one's clock moved on
        SnapshotCodec.Write(to, shard.State);
        follower.Save(shard.Stream, to);
        BinaryPrimitives.WriteUInt32LittleEndian(to.Patch(0, SealLength), Crc32C.Of(to.Written[SealLength..]));
        return new Snapshot(shard.Stream, shard.NextSequence, to.WrittenMemory);
    }

    private static BytesReader Unseal(Snapshot snapshot)
    {
        var from = new BytesReader(snapshot.Bytes.Span);
        var kept = BinaryPrimitives.ReadUInt32LittleEndian(from.Take(SealLength));
        var found = Crc32C.Of(snapshot.Bytes.Span[SealLength..]);
        return kept == found ? from : throw new CorruptBytesException($"The snapshot's checksum is {found:x8}, but {kept:x8} was kept", SealLength);
    }

    private static IEnumerable<(TraderKey, TraderState)> Traders(ShardState state)
    {
        for (var slot = 0; slot < state.Traders.Count; slot++) { yield return (state.Traders[slot].Key, state.Traders[slot].State); }
    }

    /// <summary>What shards beyond the number asked for have kept would be lost without a word.</summary>
    private void RequireNoOtherShards(MarketRules rules)
    {
        foreach (var stream in journal.Streams())
        {
            if (stream.Market != rules.Market || stream.Shard < rules.Shards) { continue; }
            throw new JournalCorruptException(
                $"The journal holds shard {stream}, but the market is to have {rules.Shards} shards: a market keeps the number of shards it was opened with.");
        }
    }
}
