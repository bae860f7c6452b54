using Market.Actors.Journal;
using Market.Protocol.Values;

namespace Market.Contracts;

public abstract partial class JournalContract
{
    [SkippableFact]
    public void The_latest_snapshot_of_each_stream_wins()
    {
        using var journal = Open();
        journal.Append([new TurnChain(Banana0).Next(3), new TurnChain(Banana1).Next(2)]);
        journal.Save([new Snapshot(Banana0, 2, new byte[] { 1, 1 }), new Snapshot(Banana1, 3, new byte[] { 2 })]);
        journal.Save([new Snapshot(Banana0, 4, new byte[] { 3, 0, 3 })]);
        ShouldBeKept(journal, new Snapshot(Banana0, 4, new byte[] { 3, 0, 3 }));
        ShouldBeKept(journal, new Snapshot(Banana1, 3, new byte[] { 2 }));
        journal.LatestSnapshot(Apple7).ShouldBeNull();
    }

    [SkippableFact]
    public void A_stream_without_a_snapshot_has_none()
    {
        using var journal = Open();
        journal.Append([new TurnChain(Banana0).Next()]);
        journal.LatestSnapshot(Banana0).ShouldBeNull();
        journal.Save([]);
        journal.LatestSnapshot(Banana0).ShouldBeNull();
    }

    [SkippableFact]
    public void Snapshots_never_replace_turns()
    {
        using var journal = Open();
        var turns = new TurnChain(Banana0).Many(10);
        journal.Append(turns);
        journal.Save([new Snapshot(Banana0, 11, new byte[] { 1 })]);
        journal.ReadAll().ShouldBe(turns.Kept());
    }

    [SkippableFact]
    public void The_tail_after_a_snapshot_begins_with_the_event_it_has_not_seen()
    {
        using var journal = Open();
        var (one, other) = (new TurnChain(Banana0), new TurnChain(Banana1));
        journal.Append([.. one.Many(5, events: 2), .. other.Many(3)]);
        journal.ReadFrom((Banana0, 11), (Banana1, 4)).ShouldBeEmpty();
        journal.Save([new Snapshot(Banana0, one.NextSequence, new byte[] { 1 })]);
        JournaledTurn[] later = [other.Next(), one.Next(3), one.Next(), other.Next()];
        journal.Append(later);
        journal.ReadFrom((Banana0, 11)).ShouldBe(later.Where(turn => turn.Stream == Banana0).Kept());
        journal.ReadFrom((Banana0, 11), (Banana1, 4)).ShouldHold(later.Kept());

        journal.Save([new Snapshot(Banana1, other.NextSequence, new byte[] { 2 })]);
        journal.ReadFrom((Banana0, 11), (Banana1, 6)).ShouldBe(later.Where(turn => turn.Stream == Banana0).Kept());
    }

    [SkippableFact]
    public void A_snapshot_that_was_taken_before_the_last_turns_still_has_its_whole_tail()
    {
        using var journal = Open();
        var chain = new TurnChain(Banana0);
        journal.Append(chain.Many(3));
        var snapshot = new Snapshot(Banana0, chain.NextSequence, new byte[] { 1 });
        var between = chain.Many(2);
        journal.Append(between);
        journal.Save([snapshot]);
        var after = chain.Many(2);
        journal.Append(after);
        journal.ReadFrom((Banana0, snapshot.NextSequence)).ShouldBe([.. between.Kept(), .. after.Kept()]);
    }

    [SkippableFact]
    public void A_snapshot_of_what_was_never_journaled_is_refused_whole()
    {
        using var journal = Open();
        var chain = new TurnChain(Banana0);
        journal.Append(chain.Many(3));
        Snapshot[] early = [new(Banana0, 4, new byte[] { 1 }), new(Banana0, 5, new byte[] { 2 })];
        Should.Throw<InvariantBrokenException>(() => journal.Save(early));
        Should.Throw<InvariantBrokenException>(() => journal.Save([new Snapshot(Apple7, 2, new byte[] { 3 })]));
        journal.LatestSnapshot(Apple7).ShouldBeNull();
        journal.LatestSnapshot(Banana0)?.NextSequence.ShouldBe(4);
        journal.Append(chain.Many(1));
        journal.ReadAll().Count.ShouldBe(4);
    }

    [SkippableTheory]
    [InlineData(1)]
    [InlineData(100_000)]
    [InlineData(6_000_000)]
    public void A_snapshot_of_any_size_comes_back_exactly(int length)
    {
        using var journal = Open();
        journal.Append([new TurnChain(Banana0).Next()]);
        var bytes = new byte[length];
        for (var i = 0; i < length; i++) { bytes[i] = (byte)(i * 31); }
        journal.Save([new Snapshot(Banana0, 2, bytes)]);
        var wanted = bytes.ToArray();
        bytes.AsSpan().Clear();
        journal.LatestSnapshot(Banana0)!.Bytes.Span.SequenceEqual(wanted).ShouldBeTrue();
    }

    protected static void ShouldBeKept(IJournal journal, Snapshot wanted)
    {
        var kept = journal.LatestSnapshot(wanted.Stream).ShouldNotBeNull();
        kept.Stream.ShouldBe(wanted.Stream);
        kept.NextSequence.ShouldBe(wanted.NextSequence);
        kept.Bytes.ToArray().ShouldBe(wanted.Bytes.ToArray());
    }
}
