using Market.Actors.Journal;
using Market.Protocol.Values;

namespace Market.Contracts;

/// <summary>What every journal owes its callers; one subclass for each adapter.</summary>
public abstract partial class JournalContract
{
    protected static readonly StreamId Banana0 = new(MarketId.Of("banana"), 0);
    protected static readonly StreamId Banana1 = new(MarketId.Of("banana"), 1);
    protected static readonly StreamId Apple7 = new(MarketId.Of("apple"), 7);

    /// <summary>An empty journal, or the same one again after the last was disposed where the home lives on.</summary>
    protected abstract IJournal Open();

    [SkippableFact]
    public void An_empty_journal_holds_nothing()
    {
        using var journal = Open();
        journal.Streams().ShouldBeEmpty();
        journal.ReadAll(Banana0, Apple7).ShouldBeEmpty();
        journal.LatestSnapshot(Banana0).ShouldBeNull();
    }

    [SkippableFact]
    public void Bytes_come_back_exactly_sound_or_not()
    {
        using var journal = Open();
        var every = Enumerable.Range(0, 256).Select(value => (byte)value).ToArray();
        byte[][] contents = [every, [0], [0, 0, 0], [.. every.Reverse()], [0xff, 0, 0xff], new byte[8_192], "SELECT 1; -- \0'"u8.ToArray()];
        var turns = contents.Select((bytes, at) => new JournaledTurn(Banana0, at + 1, 1, bytes)).ToArray();
        journal.Append(turns);
        journal.ReadAll().ShouldBe(turns.Kept());
    }

    [SkippableFact]
    public void What_becomes_of_the_callers_bytes_after_an_append_does_not_matter()
    {
        using var journal = Open();
        var bytes = new byte[] { 1, 2, 3, 4 };
        JournaledTurn[] turns = [new(Banana0, 1, 1, bytes)];
        journal.Append(turns);
        var kept = turns.Kept();
        bytes.AsSpan().Fill(9);
        journal.ReadAll().ShouldBe(kept);
    }

    [SkippableFact]
    public void Many_streams_interleaved_come_back_each_in_order()
    {
        using var journal = Open();
        var chains = Enumerable.Range(0, 24).Select(at => new TurnChain(new StreamId(MarketId.Of(at % 2 == 0 ? "banana" : "apple"), at))).ToArray();
        var written = new List<JournaledTurn>();
        for (var round = 0; round < 20; round++)
        {
            var turns = chains.Where((_, at) => (at + round) % 3 != 0).Select(chain => chain.Next(1 + (round % 4))).ToArray();
            journal.Append(turns);
            written.AddRange(turns);
        }
        var read = journal.ReadAll();
        read.Count.ShouldBe(written.Count);
        foreach (var chain in chains)
        {
            read.Where(turn => turn.Stream == chain.Stream).ShouldBe(written.Where(turn => turn.Stream == chain.Stream).Kept());
        }
    }

    [SkippableFact]
    public void Streams_that_are_not_asked_for_are_left_out()
    {
        using var journal = Open();
        var (one, other) = (new TurnChain(Banana0), new TurnChain(Banana1));
        JournaledTurn[] turns = [one.Next(), other.Next(), one.Next(), other.Next()];
        journal.Append(turns);
        journal.ReadAll(Banana1).ShouldBe(turns.Where(turn => turn.Stream == Banana1).Kept());
        journal.ReadAll(Banana1, Apple7).ShouldBe(turns.Where(turn => turn.Stream == Banana1).Kept());
        journal.ReadFrom().ShouldBeEmpty();
    }

    [SkippableTheory]
    [InlineData(1, 0)]
    [InlineData(3, 0)]
    [InlineData(4, 1)]
    [InlineData(5, 1)]
    [InlineData(9, 1)]
    [InlineData(10, 2)]
    [InlineData(11, 3)]
    [InlineData(1000, 3)]
    public void Reading_from_within_a_turn_gives_the_whole_turn(long from, int skipped)
    {
        using var journal = Open();
        var chain = new TurnChain(Banana0);
        JournaledTurn[] turns = [chain.Next(3), chain.Next(6), chain.Next()];
        journal.Append(turns);
        journal.ReadFrom((Banana0, from)).ShouldBe(turns.Skip(skipped).Kept());
    }

    [SkippableFact]
    public void Each_stream_is_read_from_its_own_place()
    {
        using var journal = Open();
        var (one, other) = (new TurnChain(Banana0), new TurnChain(Apple7));
        JournaledTurn[] turns = [one.Next(2), other.Next(5), one.Next(2), other.Next(), one.Next()];
        journal.Append(turns);
        journal.ReadFrom((Banana0, 5), (Apple7, 6)).ShouldHold([.. turns[3..].Kept()]);
    }

    [SkippableFact]
    public void Reading_twice_gives_the_same_and_an_unfinished_read_is_in_nobodys_way()
    {
        using var journal = Open();
        var chain = new TurnChain(Banana0);
        journal.Append(chain.Many(5));
        journal.Read(new Dictionary<StreamId, long> { [Banana0] = 1 }).First().FirstSequence.ShouldBe(1);
        journal.Append(chain.Many(1));
        journal.ReadAll().ShouldBe(journal.ReadAll());
        journal.ReadAll().Count.ShouldBe(6);
    }

    [SkippableFact]
    public void An_append_of_no_turns_changes_nothing()
    {
        using var journal = Open();
        journal.Append([]);
        journal.Streams().ShouldBeEmpty();
        var chain = new TurnChain(Banana0);
        journal.Append(chain.Many(1));
        journal.Append([]);
        journal.Append(chain.Many(1));
        journal.ReadAll().Count.ShouldBe(2);
    }

    [SkippableFact]
    public void A_turn_of_five_megabytes_is_kept()
    {
        using var journal = Open();
        var chain = new TurnChain(Banana0);
        JournaledTurn[] turns = [chain.Next(), chain.Next(text: 5_000_000), chain.Next()];
        journal.Append(turns);
        journal.ReadAll().SequenceEqual(turns.Kept()).ShouldBeTrue();
    }

    [SkippableFact]
    public void Ten_thousand_small_turns_are_kept()
    {
        using var journal = Open();
        var (one, other) = (new TurnChain(Banana0), new TurnChain(Banana1));
        var written = new List<JournaledTurn>();
        while (written.Count < 10_000)
        {
            JournaledTurn[] turns = [.. one.Many(25), .. other.Many(25)];
            journal.Append(turns);
            written.AddRange(turns);
        }
        journal.ReadAll().ShouldHold(written.Kept());
        journal.ReadFrom((Banana0, 4_999)).ShouldBe(written.Where(turn => turn.Stream == Banana0).TakeLast(2).Kept());
    }

    [SkippableFact]
    public void Streams_are_told_in_order_and_only_those_with_events()
    {
        using var journal = Open();
        var pear = new StreamId(MarketId.Of("pear-2"), 0);
        foreach (var stream in new[] { new StreamId(MarketId.Of("pear"), 10), pear, new StreamId(MarketId.Of("pear"), 9), Banana1, Banana0, Apple7 })
        {
            journal.Append([new TurnChain(stream).Next()]);
        }
        string[] order = ["apple/7", "banana/0", "banana/1", "pear/9", "pear/10", "pear-2/0"];
        journal.Streams().Select(stream => stream.ToString()).ShouldBe(order);
        Should.Throw<JournalConflictException>(() => journal.Append([new JournaledTurn(new StreamId(MarketId.Of("late"), 0), 2, 1, new byte[] { 1 })]));
        journal.Streams().Select(stream => stream.ToString()).ShouldBe(order);
    }

    [SkippableFact]
    public void A_probe_changes_nothing_that_can_be_read()
    {
        using var journal = Open();
        journal.Probe();
        journal.Streams().ShouldBeEmpty();
        var chain = new TurnChain(Banana0);
        journal.Append(chain.Many(3));
        journal.Save([new Snapshot(Banana0, 4, new byte[] { 1 })]);
        var before = journal.ReadAll();
        for (var i = 0; i < 3; i++) { journal.Probe(); }
        journal.Streams().ShouldBe([Banana0]);
        journal.ReadAll().ShouldBe(before);
        journal.LatestSnapshot(Banana0)!.NextSequence.ShouldBe(4);
        journal.Append(chain.Many(1));
        journal.ReadAll().Count.ShouldBe(4);
    }
}
