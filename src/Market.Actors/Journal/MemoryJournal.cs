using Market.Protocol.Values;

namespace Market.Actors.Journal;

/// <summary>A journal in memory: durable until the process ends, for tests, simulation and trying things out. Safe for many instances of shards on one thread.</summary>
public sealed class MemoryJournal : IJournal
{
    private readonly List<JournaledTurn> _log = [];
    private readonly Dictionary<StreamId, long> _next = [];
    private readonly Dictionary<StreamId, Snapshot> _snapshots = [];

    public void Append(ReadOnlySpan<JournaledTurn> turns)
    {
        var next = new Dictionary<StreamId, long>();
        foreach (var turn in turns)
        {
            var expected = next.GetValueOrDefault(turn.Stream, _next.GetValueOrDefault(turn.Stream, 1));
            if (turn.FirstSequence != expected)
            {
                throw new JournalConflictException(turn.Stream, $"{turn.Stream}: event {turn.FirstSequence} was offered where {expected} comes next.");
            }
            next[turn.Stream] = turn.NextSequence;
        }
        foreach (var turn in turns)
        {
            _log.Add(turn with { Bytes = turn.Bytes.ToArray() });
            _next[turn.Stream] = turn.NextSequence;
        }
    }

    public void Probe()
    {
    }

    public IEnumerable<JournaledTurn> Read(IReadOnlyDictionary<StreamId, long> fromSequence) => _log
        .ToArray()
        .Where(turn => fromSequence.TryGetValue(turn.Stream, out var from) && turn.NextSequence > from);

    public IReadOnlyList<StreamId> Streams() => [.. _next.Keys.OrderBy(s => s.Market.Value, StringComparer.Ordinal).ThenBy(s => s.Shard)];

    public Snapshot? LatestSnapshot(StreamId stream) => _snapshots.GetValueOrDefault(stream);

    public void Save(IReadOnlyList<Snapshot> snapshots)
    {
        foreach (var snapshot in snapshots)
        {
            Invariant.Require(snapshot.NextSequence <= _next.GetValueOrDefault(snapshot.Stream, 1), "A snapshot is of what was journaled.");
            _snapshots[snapshot.Stream] = snapshot with { Bytes = snapshot.Bytes.ToArray() };
        }
    }

    public void Dispose()
    {
    }
}
