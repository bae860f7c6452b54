using Market.Actors.Journal;

namespace Market.Contracts;

public abstract partial class JournalContract
{
    [SkippableTheory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(3)]
    [InlineData(5)]
    [InlineData(1_000)]
    [InlineData(-4)]
    public void A_turn_that_does_not_come_next_is_a_conflict_and_nothing_is_kept(long first)
    {
        using var journal = Open();
        var chain = new TurnChain(Banana0);
        journal.Append([chain.Next(3)]);
        var before = journal.ReadAll();
        Should.Throw<JournalConflictException>(() => journal.Append([chain.Next() with { FirstSequence = first }])).Message.ShouldContain("banana/0");
        journal.ReadAll().ShouldBe(before);
    }

    [SkippableTheory]
    [InlineData(0)]
    [InlineData(2)]
    public void The_first_event_of_a_stream_is_number_one(long first)
    {
        using var journal = Open();
        Should.Throw<JournalConflictException>(() => journal.Append([new JournaledTurn(Banana0, first, 1, new byte[] { 1 })]));
        journal.Streams().ShouldBeEmpty();
        journal.ReadAll(Banana0).ShouldBeEmpty();
    }

    [SkippableTheory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(4)]
    public void A_conflict_of_the_second_of_two_turns_of_one_stream_keeps_neither(long second)
    {
        using var journal = Open();
        JournaledTurn[] turns = [new(Banana0, 1, 2, new byte[] { 1 }), new(Banana0, second, 1, new byte[] { 2 })];
        Should.Throw<JournalConflictException>(() => journal.Append(turns));
        journal.ReadAll(Banana0).ShouldBeEmpty();
        journal.Streams().ShouldBeEmpty();
    }

    [SkippableFact]
    public void A_conflict_of_one_stream_keeps_nothing_of_the_others_in_that_append()
    {
        using var journal = Open();
        var (one, other) = (new TurnChain(Banana0), new TurnChain(Banana1));
        journal.Append([one.Next(), other.Next()]);
        var before = journal.ReadAll();
        var (next, late) = (one.Next(), other.Next());
        JournaledTurn[] turns = [next, new TurnChain(Apple7).Next(), late with { FirstSequence = 7 }];
        Should.Throw<JournalConflictException>(() => journal.Append(turns)).Stream.ShouldBe(Banana1);
        journal.ReadAll().ShouldBe(before);
        journal.Streams().ShouldBe([Banana0, Banana1]);

        journal.Append([next, late]);
        journal.ReadAll().ShouldHold([.. before, KeptTurn.Of(next), KeptTurn.Of(late)]);
    }

    [SkippableFact]
    public void Two_turns_of_one_stream_in_one_append_are_both_kept()
    {
        using var journal = Open();
        var (one, other) = (new TurnChain(Banana0), new TurnChain(Banana1));
        JournaledTurn[] turns = [one.Next(2), other.Next(), one.Next(3), one.Next()];
        journal.Append(turns);
        journal.ReadAll().ShouldHold(turns.Kept());
    }

    [SkippableFact]
    public void The_same_turn_offered_again_is_a_conflict()
    {
        using var journal = Open();
        var turn = new TurnChain(Banana0).Next(4);
        journal.Append([turn]);
        Should.Throw<JournalConflictException>(() => journal.Append([turn]));
        journal.ReadAll().ShouldBe([KeptTurn.Of(turn)]);
    }
}
