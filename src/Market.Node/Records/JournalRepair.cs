using Market.Actors.Journal;
using Market.Node.Journals.Sqlite;
using Market.Protocol.Values;

namespace Market.Node.Records;

/// <summary>One stream as a repair leaves it.</summary>
/// <param name="KeptTo">Number of the last event kept; 0 when none is.</param>
/// <param name="Turns">Turns left out that could still be read, sound or not.</param>
/// <param name="Events">Events in them, as the file says.</param>
/// <param name="From">Time of the first of them whose header is sound; null when there is none.</param>
/// <param name="To">Time of the last of them whose header is sound.</param>
public sealed record RepairedStream(StreamId Stream, long KeptTo, long Turns, long Events, Timestamp? From, Timestamp? To);

/// <summary>What a repair kept and left out.</summary>
/// <param name="LostMarkets">Markets whose beginning, which holds their rules, cannot be read: nothing of them is kept.</param>
public sealed record Repaired(long Turns, long Events, IReadOnlyList<RepairedStream> Streams, IReadOnlyList<(MarketId Market, string Why)> LostMarkets);

/// <summary>
/// Copies what is sound of a journal into a new one. The original is only read. Snapshots are not copied: they are made of turns, and the
/// copy's node makes new ones.
/// </summary>
public sealed class JournalRepair(SqliteJournal damaged)
{
    /// <summary>Turns appended to the copy at once.</summary>
    private const int Batch = 256;

    private readonly Dictionary<StreamId, long> _cuts = [];
    private readonly Dictionary<StreamId, long> _next = [];
    private readonly Dictionary<StreamId, (long Turns, long Events, Timestamp? From, Timestamp? To)> _leftOut = [];
    private readonly List<(MarketId, string)> _lost = [];

    /// <param name="to">Null for a look at what would be done.</param>
    /// <exception cref="JournalUnavailableException">The copy cannot be written.</exception>
    public Repaired Run(IJournal? to)
    {
        FindCuts();
        var (turns, events) = (0L, 0L);
        var batch = new List<JournaledTurn>();
        foreach (var turn in ReadAll())
        {
            if (!IsKept(turn))
            {
                LeaveOut(turn);
                continue;
            }
            (turns, events) = (turns + 1, events + turn.Count);
            _next[turn.Stream] = turn.NextSequence;
            if (to is null) { continue; }
            batch.Add(turn with { Bytes = turn.Bytes.ToArray() });
            if (batch.Count == Batch) { Flush(to, batch); }
        }
        if (to is not null) { Flush(to, batch); }
        return new Repaired(turns, events, [.. _cuts.Keys.Select(Told)], _lost);
    }

    private void FindCuts()
    {
        foreach (var market in damaged.Streams().Select(stream => stream.Market).Distinct())
        {
            var rules = JournalExamination.TryRules(damaged, market, out var why);
            if (rules is null) { _lost.Add((market, why)); }
            var cuts = rules is null ? [] : new ConsistentCut(damaged, rules).Find();
            for (var shard = 0; shard < cuts.Length; shard++) { _cuts[new StreamId(market, shard)] = cuts[shard]; }
        }
        foreach (var stream in damaged.Streams()) { _cuts.TryAdd(stream, 1); }
    }

    private bool IsKept(in JournaledTurn turn) => turn.FirstSequence == _next.GetValueOrDefault(turn.Stream, 1) && turn.NextSequence <= _cuts[turn.Stream];

    private IEnumerable<JournaledTurn> ReadAll()
    {
        using var turns = damaged.Read(_cuts.Keys.ToDictionary(stream => stream, _ => 1L)).GetEnumerator();
        while (TryMove(turns)) { yield return turns.Current; }
    }

    private static bool TryMove(IEnumerator<JournaledTurn> turns)
    {
        try
        {
            return turns.MoveNext();
        }
        catch (JournalCorruptException)
        {
            return false; // the cuts lie before this
        }
    }

    private void LeaveOut(in JournaledTurn turn)
    {
        var (turns, events, from, to) = _leftOut.GetValueOrDefault(turn.Stream);
        var time = TimeOf(turn);
        _leftOut[turn.Stream] = (turns + 1, events + turn.Count, from ?? time, time ?? to);
    }

    private static Timestamp? TimeOf(in JournaledTurn turn)
    {
        try
        {
            return TurnFormat.Open(turn.Bytes.Span).Time;
        }
        catch (JournalCorruptException)
        {
            return null;
        }
    }

    private RepairedStream Told(StreamId stream)
    {
        var (turns, events, from, to) = _leftOut.GetValueOrDefault(stream);
        return new RepairedStream(stream, _cuts[stream] - 1, turns, events, from, to);
    }

    private static void Flush(IJournal to, List<JournaledTurn> batch)
    {
        to.Append(batch.ToArray());
        batch.Clear();
    }
}
