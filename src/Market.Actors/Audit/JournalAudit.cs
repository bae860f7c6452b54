using Market.Actors.Journal;
using Market.Actors.Runtime;
using Market.Actors.Traders;
using Market.Protocol.Messages;
using Market.Protocol.Values;
using Market.Protocol.Wire;

namespace Market.Actors.Audit;

/// <summary>What an audit of one market's journal saw.</summary>
/// <param name="NextSequence">Per shard, where its sound journal ends.</param>
public sealed record AuditReport(MarketId Market, long Turns, long Events, int Traders, Findings Findings, IReadOnlyList<long> NextSequence)
{
    public bool Holds => Findings.Count == 0;

    /// <summary>Why the journal could not be read to its end; null when it could.</summary>
    public string? Unread { get; init; }
}

/// <summary>
/// The nine things that must always hold, checked against a journal from nothing: soundness and chain of every turn, every event
/// decided again, every sum made again, every investment followed home, every snapshot held against the replay.
/// </summary>
public sealed class JournalAudit(IJournal journal, MarketRules rules)
{
    private readonly Findings _findings = new();
    private readonly Dictionary<long, Coins> _ticks = [];
    private long _turns;
    private long _events;
    private string? _unread;

    /// <summary>Told how many events were checked, now and then.</summary>
    public Action<long>? Progress { get; init; }

    /// <exception cref="JournalUnavailableException">It cannot be read.</exception>
    public AuditReport Run()
    {
        var placement = new Placement(rules.Market, rules.Shards);
        var investments = new InvestmentBook(_findings);
        var audits = Enumerable.Range(0, rules.Shards)
            .Select(shard => new ShardAudit(new StreamId(rules.Market, shard), placement, rules, _findings, investments, _ticks))
            .ToArray();
        var replays = audits.Select((audit, shard) => new StreamReplay(new StreamId(rules.Market, shard), audit)).ToArray();
        RequireNoOtherShards();
        var isWhole = TryRead(replays);
        if (isWhole)
        {
            var states = audits.Select(audit => audit.State).ToArray();
            investments.Close(states);
            foreach (var audit in audits) { audit.Close(states); }
            var ends = replays.Select(replay => replay.NextSequence).ToArray();
            CheckSnapshots(states, ends);
            CheckBoard(states, ends);
        }
        var traders = audits.Sum(audit => audit.State.Traders.Count);
        return new AuditReport(rules.Market, _turns, _events, traders, _findings, [.. replays.Select(replay => replay.NextSequence)]) { Unread = _unread };
    }

    /// <summary>Reads each stream to its end, or to its first turn that is not sound; where the store itself cannot be read on, all end.</summary>
    /// <returns>Whether all were read to their ends.</returns>
    private bool TryRead(StreamReplay[] replays)
    {
        var from = Enumerable.Range(0, rules.Shards).ToDictionary(shard => new StreamId(rules.Market, shard), _ => 1L);
        var broken = new HashSet<int>();
        try
        {
            foreach (var turn in journal.Read(from))
            {
                if (!broken.Contains(turn.Stream.Shard) && !TryReplay(turn, replays[turn.Stream.Shard])) { broken.Add(turn.Stream.Shard); }
            }
        }
        catch (JournalCorruptException corrupt)
        {
            _unread = corrupt.Message;
            _findings.Add(new Finding(0, new StreamId(rules.Market, 0), 0, corrupt.Message));
        }
        return broken.Count == 0 && _unread is null;
    }

    private bool TryReplay(in JournaledTurn turn, StreamReplay replay)
    {
        try
        {
            replay.Turn(turn);
        }
        catch (JournalCorruptException corrupt)
        {
            _findings.Add(new Finding(0, turn.Stream, replay.NextSequence, corrupt.Message));
            return false;
        }
        _findings.Checks[0]++;
        _turns++;
        _events += turn.Count;
        if (_turns % 10_000 == 0) { Progress?.Invoke(_events); }
        return true;
    }

    /// <summary>Turns of shards that the market does not have would be passed over.</summary>
    private void RequireNoOtherShards()
    {
        foreach (var stream in journal.Streams())
        {
            if (stream.Market == rules.Market && stream.Shard >= rules.Shards) { _findings.Add(new Finding(0, stream, 1, $"the market has {rules.Shards} shards, and this is none of them.")); }
        }
    }

    /// <summary>Any snapshot and its tail give the state of a full replay, bit for bit.</summary>
    private void CheckSnapshots(ShardState[] states, long[] ends)
    {
        foreach (var state in states)
        {
            var stream = new StreamId(rules.Market, state.Shard);
            if (TryFind(stream) is not { } snapshot || snapshot.NextSequence > ends[state.Shard]) { continue; }
            if (TryOpen(snapshot, state.Placement) is not { } recovered) { continue; }
            if (!TryReplayTail(snapshot, ends[state.Shard], recovered.Replay)) { continue; }
            _findings.Require(Bytes(recovered.State).SequenceEqual(Bytes(state)), 6, stream, snapshot.NextSequence, "the snapshot and its tail give another state than the journal from its start.");
        }
    }

    /// <returns>False when the turns behind a snapshot are not those of a full reading, which is a finding.</returns>
    private bool TryReplayTail(Snapshot snapshot, long end, StreamReplay replay)
    {
        try
        {
            Replay(snapshot.Stream, snapshot.NextSequence, end, replay);
            return true;
        }
        catch (JournalCorruptException corrupt)
        {
            _findings.Add(new Finding(0, snapshot.Stream, replay.NextSequence, corrupt.Message));
            return false;
        }
    }

    /// <summary>Null when there is none, or one of turns that are not there, which is a finding.</summary>
    private Snapshot? TryFind(StreamId stream)
    {
        try
        {
            return journal.LatestSnapshot(stream);
        }
        catch (JournalCorruptException corrupt)
        {
            _findings.Add(new Finding(0, stream, 0, corrupt.Message));
            return null;
        }
    }

    /// <summary>Null when the snapshot is of another format, or not sound, which is a finding.</summary>
    private (ShardState State, StreamReplay Replay)? TryOpen(Snapshot snapshot, Placement placement)
    {
        try
        {
            return Recovery.FromSnapshot(snapshot, placement, rules);
        }
        catch (CorruptBytesException corrupt)
        {
            _findings.Add(new Finding(0, snapshot.Stream, snapshot.NextSequence, corrupt.Message));
            return null;
        }
    }

    /// <summary>The scoreboard is a function of the journal: folding trader events alone gives the actors' states.</summary>
    private void CheckBoard(ShardState[] states, long[] ends)
    {
        foreach (var state in states)
        {
            var stream = new StreamId(rules.Market, state.Shard);
            var board = new BoardFold();
            Replay(stream, 1, ends[state.Shard], new StreamReplay(stream, board));
            for (var slot = 0; slot < state.Traders.Count; slot++)
            {
                var (key, shown) = board.Traders[slot];
                _findings.Require(key.Equals(state.Traders[slot].Key) && shown == state.Traders[slot].State, 7, stream, 0, $"the board shows {key} otherwise than the journal has it.");
            }
        }
    }

    /// <summary>Up to where the audit has come: a node may be writing on meanwhile.</summary>
    private void Replay(StreamId stream, long from, long end, StreamReplay replay)
    {
        foreach (var turn in journal.Read(new Dictionary<StreamId, long> { [stream] = from }))
        {
            if (turn.FirstSequence >= end) { return; }
            replay.Turn(turn);
        }
    }

    private static ReadOnlySpan<byte> Bytes(ShardState state)
    {
        var to = new BytesWriter();
        SnapshotCodec.Write(to, state);
        return to.Written;
    }

    private sealed class BoardFold : IEventFold
    {
        public List<(TraderKey Key, TraderState State)> Traders { get; } = [];

        public void On(int slot, in TraderEvent happened, ReadOnlySpan<char> txnId, Timestamp time) =>
            Traders[slot] = (Traders[slot].Key, TraderEvolution.Evolve(Traders[slot].State, happened, time));

        public void On(MarketEvent happened, Timestamp time)
        {
            if (happened is TraderJoined joined) { Traders.Add((joined.Trader, TraderState.Initial(time))); }
        }
    }
}
