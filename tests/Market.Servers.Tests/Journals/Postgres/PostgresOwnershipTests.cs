using Market.Actors.Journal;
using Market.Contracts;
using Market.Protocol.Values;
using Market.Servers.Tests.Servers;

namespace Market.Servers.Tests.Journals.Postgres;

/// <summary>Several instances over one journal: nobody is locked out, and of two that believe to own a stream one is told.</summary>
[Collection(nameof(Databases))]
public sealed class PostgresOwnershipTests(Databases databases)
{
    private static readonly StreamId Banana0 = new(MarketId.Of("banana"), 0);
    private static readonly StreamId Banana1 = new(MarketId.Of("banana"), 1);

    [SkippableFact]
    public void Of_two_owners_at_the_same_end_the_second_keeps_nothing()
    {
        var home = databases.NewHome();
        using var one = home.Open();
        using var other = home.Open();
        var (chain, loose) = (new TurnChain(Banana0), new TurnChain(Banana1));
        one.Append([chain.Next(3)]);
        other.ReadAll().Count.ShouldBe(1);
        var (first, second) = (new JournaledTurn(Banana0, 4, 2, new byte[] { 1 }), new JournaledTurn(Banana0, 4, 1, new byte[] { 2 }));
        one.Append([first]);

        Should.Throw<JournalConflictException>(() => other.Append([loose.Next(), second])).Stream.ShouldBe(Banana0);

        other.Streams().ShouldBe([Banana0]);
        other.ReadFrom((Banana0, 4)).ShouldBe([KeptTurn.Of(first)]);
    }

    [SkippableFact]
    public void An_owner_that_wrote_last_and_was_overtaken_meets_the_key()
    {
        var home = databases.NewHome();
        using var zombie = home.Open();
        using var heir = home.Open();
        var (chain, loose) = (new TurnChain(Banana0), new TurnChain(Banana1));
        zombie.Append([chain.Next(3), loose.Next()]);
        var inherited = chain.Many(4);
        heir.Append(inherited);

        var told = Should.Throw<JournalConflictException>(() => zombie.Append([loose.Next(), new JournaledTurn(Banana0, 4, 1, new byte[] { 1 })]));

        told.Stream.ShouldBe(Banana0);

        zombie.ReadFrom((Banana0, 4)).ShouldBe(inherited.Kept());
    }

    [SkippableFact]
    public void A_stream_is_handed_over_and_back()
    {
        var home = databases.NewHome();
        using var one = home.Open();
        using var other = home.Open();
        var chain = new TurnChain(Banana0);
        var written = new List<JournaledTurn>();
        for (var handover = 0; handover < 6; handover++)
        {
            var turns = chain.Many(3, events: 2);
            (handover % 2 == 0 ? one : other).Append(turns);
            written.AddRange(turns);
        }
        one.ReadAll().ShouldBe(written.Kept());
    }

    [SkippableFact]
    public async Task Owners_that_contend_leave_one_unbroken_stream()
    {
        var home = databases.NewHome();
        home.Migrate();
        const int Wanted = 60;
        var conflicts = 0;
        await Task.WhenAll(Enumerable.Range(0, 4).Select(owner => Task.Run(() =>
        {
            using var journal = home.Open();
            for (var kept = 0; kept < Wanted / 4;)
            {
                var next = journal.ReadAll(Banana0).Select(turn => turn.FirstSequence + turn.Count).LastOrDefault(1);
                try
                {
                    journal.Append([new JournaledTurn(Banana0, next, 1 + owner, new[] { (byte)owner })]);
                    kept++;
                }
                catch (JournalConflictException)
                {
                    Interlocked.Increment(ref conflicts);
                }
            }
        })));

        using var reader = home.Open();
        var turns = reader.ReadAll(Banana0);
        turns.Count.ShouldBe(Wanted);
        turns.Aggregate(1L, (next, turn) => turn.FirstSequence == next ? next + turn.Count : -1).ShouldBeGreaterThan(Wanted);
        conflicts.ShouldBeGreaterThan(0);
    }

    [SkippableFact]
    public void A_reading_shows_the_journal_as_it_was_when_it_began()
    {
        var home = databases.NewHome();
        using var owner = home.Open();
        using var reader = home.Open();
        var (one, other) = (new TurnChain(Banana0), new TurnChain(Banana1));
        owner.Append([.. one.Many(5), .. other.Many(3)]);

        using var reading = reader.Read(new Dictionary<StreamId, long> { [Banana0] = 1, [Banana1] = 1 }).GetEnumerator();
        reading.MoveNext().ShouldBeTrue();
        owner.Append([.. one.Many(4), .. other.Many(4)]);
        reader.Append([new TurnChain(new StreamId(MarketId.Of("apple"), 7)).Next()]);
        var seen = 1;
        while (reading.MoveNext()) { seen++; }

        seen.ShouldBe(8);
        reader.ReadAll().Count.ShouldBe(17);
    }

    [SkippableFact]
    public void Journals_in_different_schemas_know_nothing_of_each_other()
    {
        using var one = databases.NewHome().Open();
        using var other = databases.NewHome().Open();
        one.Append([new TurnChain(Banana0).Next()]);
        other.Streams().ShouldBeEmpty();
        other.Append([new TurnChain(Banana0).Next(2)]);
        one.ReadAll().Count.ShouldBe(1);
    }
}
