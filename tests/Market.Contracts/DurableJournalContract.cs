using Market.Actors.Journal;

namespace Market.Contracts;

/// <summary>What a journal that outlives its process owes besides. <see cref="JournalContract.Open"/> opens the same home each time.</summary>
public abstract class DurableJournalContract : JournalContract
{
    [SkippableFact]
    public void Turns_streams_and_snapshots_are_there_after_reopening()
    {
        var (one, other) = (new TurnChain(Banana0), new TurnChain(Apple7));
        JournaledTurn[] turns = [one.Next(3), other.Next(), one.Next(), other.Next(text: 20_000)];
        using (var journal = Open())
        {
            journal.Append(turns);
            journal.Save([new Snapshot(Banana0, 5, new byte[] { 5, 0, 5 })]);
        }
        for (var times = 0; times < 3; times++)
        {
            using var journal = Open();
            journal.Streams().ShouldBe([Apple7, Banana0]);
            journal.ReadAll().ShouldHold(turns.Kept());
            ShouldBeKept(journal, new Snapshot(Banana0, 5, new byte[] { 5, 0, 5 }));
            journal.LatestSnapshot(Apple7).ShouldBeNull();
        }
    }

    [SkippableFact]
    public void An_empty_home_reopens_empty()
    {
        Open().Dispose();
        using var journal = Open();
        journal.Streams().ShouldBeEmpty();
        journal.Append([new TurnChain(Banana0).Next()]);
        journal.Streams().ShouldBe([Banana0]);
    }

    [SkippableFact]
    public void Appending_goes_on_at_the_right_sequence_after_reopening()
    {
        var chains = new[] { new TurnChain(Banana0), new TurnChain(Banana1), new TurnChain(Apple7) };
        var written = new List<JournaledTurn>();
        for (var opening = 0; opening < 5; opening++)
        {
            using var journal = Open();
            for (var append = 0; append < 4; append++)
            {
                var turns = chains.Take(1 + (opening % 3)).Select(chain => chain.Next(1 + append)).ToArray();
                journal.Append(turns);
                written.AddRange(turns);
            }
        }
        using var last = Open();
        last.ReadAll().ShouldHold(written.Kept());
    }

    [SkippableTheory]
    [InlineData(1)]
    [InlineData(4)]
    [InlineData(6)]
    public void A_turn_that_does_not_come_next_is_a_conflict_after_reopening(long first)
    {
        var chain = new TurnChain(Banana0);
        using (var journal = Open()) { journal.Append([chain.Next(3), chain.Next()]); }
        using var again = Open();
        var before = again.ReadAll();
        var next = chain.Next();
        Should.Throw<JournalConflictException>(() => again.Append([next with { FirstSequence = first }]));
        again.ReadAll().ShouldBe(before);
        again.Append([next]);
        again.ReadAll().Count.ShouldBe(3);
    }

    [SkippableFact]
    public void A_stream_that_has_been_silent_for_long_goes_on_where_it_was()
    {
        var (silent, loud) = (new TurnChain(Apple7), new TurnChain(Banana0));
        using (var journal = Open())
        {
            journal.Append([silent.Next(2)]);
            journal.Append(loud.Many(2_000));
        }
        using var again = Open();
        Should.Throw<JournalConflictException>(() => again.Append([new JournaledTurn(Apple7, 1, 1, new byte[] { 1 })]));
        again.Append([silent.Next()]);
        again.ReadAll(Apple7).Count.ShouldBe(2);
    }

    [SkippableFact]
    public void The_tail_after_a_snapshot_is_the_same_after_reopening()
    {
        var (one, other) = (new TurnChain(Banana0), new TurnChain(Banana1));
        JournaledTurn[] later;
        using (var journal = Open())
        {
            journal.Append([.. one.Many(4), .. other.Many(4)]);
            journal.Save([new Snapshot(Banana0, one.NextSequence, new byte[] { 1 }), new Snapshot(Banana1, other.NextSequence, new byte[] { 2 })]);
            later = [one.Next(), other.Next(2)];
            journal.Append(later);
        }
        using var again = Open();
        again.ReadFrom((Banana0, 5), (Banana1, 5)).ShouldHold(later.Kept());
        again.ReadAll().Count.ShouldBe(10);
    }

    [SkippableFact]
    public void A_conflict_is_no_wound_nothing_of_it_is_there_after_reopening()
    {
        var chain = new TurnChain(Banana0);
        var turn = chain.Next();
        using (var journal = Open())
        {
            JournaledTurn[] turns = [turn, new TurnChain(Apple7).Next() with { FirstSequence = 9 }];
            Should.Throw<JournalConflictException>(() => journal.Append(turns));
        }
        using (var again = Open())
        {
            again.Streams().ShouldBeEmpty();
            again.Append([turn]);
        }
        using var last = Open();
        last.ReadAll().ShouldBe([KeptTurn.Of(turn)]);
    }
}
