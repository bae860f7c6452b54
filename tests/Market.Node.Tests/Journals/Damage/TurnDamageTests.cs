using Market.Actors.Audit;
using Market.Actors.Journal;
using Market.Fixtures;

namespace Market.Node.Tests.Journals.Damage;

/// <summary>Whatever happens to the bytes of a turn, whoever stores them: it is found, and where it is.</summary>
public class TurnDamageTests
{
    private static readonly List<JournaledTurn> Turns = [.. SmallPages.Appends().SelectMany(append => append)];

    [Fact]
    public void A_changed_byte_of_any_turn_is_found_in_its_place()
    {
        for (var turn = 0; turn < Turns.Count; turn++)
        {
            for (var at = 0; at < Turns[turn].Bytes.Length; at++)
            {
                var bytes = Turns[turn].Bytes.ToArray();
                bytes[at] ^= (byte)(1 << (at * 5 % 8));
                ShouldBeFound(turn, Replaced(turn, Turns[turn] with { Bytes = bytes }), $"byte {at}");
            }
        }
    }

    [Fact]
    public void A_turn_cut_at_any_length_is_found_in_its_place()
    {
        for (var turn = 0; turn < Turns.Count; turn++)
        {
            for (var length = 0; length < Turns[turn].Bytes.Length; length += 3)
            {
                ShouldBeFound(turn, Replaced(turn, Turns[turn] with { Bytes = Turns[turn].Bytes[..length] }), $"cut to {length}");
            }
        }
    }

    [Fact]
    public void A_turn_kept_under_another_number_or_stream_is_found()
    {
        for (var turn = 0; turn < Turns.Count; turn++)
        {
            var it = Turns[turn];
            ShouldBeFound(turn, Replaced(turn, it with { FirstSequence = it.FirstSequence + 1 }), "another number");
            ShouldBeFound(turn, Replaced(turn, it with { Count = it.Count + 1 }), "another count");
            Audit(Replaced(turn, it with { Stream = it.Stream with { Shard = (it.Stream.Shard + 1) % 3 } })).Holds.ShouldBeFalse($"turn {turn} of another shard");
        }
    }

    [Fact]
    public void A_turn_that_is_missing_or_doubled_or_before_its_time_is_found()
    {
        for (var turn = 0; turn < Turns.Count; turn++)
        {
            List<JournaledTurn> without = [.. Turns[..turn], .. Turns[(turn + 1)..]];
            if (turn < Turns.Count - 1) { Audit(without).Holds.ShouldBeFalse($"without turn {turn}"); }
            Audit([.. Turns[..turn], Turns[turn], .. Turns[turn..]]).Holds.ShouldBeFalse($"turn {turn} twice");
            if (turn > 0 && Turns[turn].Stream == Turns[turn - 1].Stream) { Audit([.. Turns[..(turn - 1)], Turns[turn], Turns[turn - 1], .. Turns[(turn + 1)..]]).Holds.ShouldBeFalse($"turn {turn} too early"); }
        }
    }

    [Fact]
    public void The_others_streams_are_read_to_their_ends()
    {
        var damaged = Turns.FindIndex(turn => turn.Stream.Shard == 1 && turn.FirstSequence > 1);
        var report = Audit(Replaced(damaged, Turns[damaged] with { Bytes = new byte[40] }));
        report.NextSequence[1].ShouldBe(Turns[damaged].FirstSequence);
        foreach (var shard in (int[])[0, 2]) { report.NextSequence[shard].ShouldBe(Turns.Last(turn => turn.Stream.Shard == shard).NextSequence); }
    }

    private static List<JournaledTurn> Replaced(int at, JournaledTurn by) => [.. Turns[..at], by, .. Turns[(at + 1)..]];

    private static void ShouldBeFound(int turn, List<JournaledTurn> damaged, string how)
    {
        var finding = Audit(damaged).Findings.Kept[0];
        (finding.Invariant, finding.Stream, finding.Sequence).ShouldBe((0, Turns[turn].Stream, Turns[turn].FirstSequence), $"turn {turn}, {how}");
    }

    private static AuditReport Audit(List<JournaledTurn> turns) => new JournalAudit(new GivenJournal(turns), GoldenGame.Rules).Run();

    /// <summary>A journal that gives back what it was given, sound or not.</summary>
    private sealed class GivenJournal(List<JournaledTurn> turns) : IJournal
    {
        public IEnumerable<JournaledTurn> Read(IReadOnlyDictionary<StreamId, long> fromSequence) =>
            turns.Where(turn => fromSequence.TryGetValue(turn.Stream, out var from) && turn.NextSequence > from);

        public IReadOnlyList<StreamId> Streams() => [.. turns.Select(turn => turn.Stream).Distinct()];

        public Snapshot? LatestSnapshot(StreamId stream) => null;

        public void Append(ReadOnlySpan<JournaledTurn> turns) => throw new NotSupportedException("It is only read.");

        public void Probe() => throw new NotSupportedException("It is only read.");

        public void Save(IReadOnlyList<Snapshot> snapshots) => throw new NotSupportedException("It is only read.");

        public void Dispose()
        {
        }
    }
}
