using Market.Actors.Journal;
using Market.Actors.Mailboxes;
using Market.Actors.Runtime;
using Market.Protocol.Messages;
using Market.Protocol.Values;
using Market.Protocol.Wire;
using static Market.Actors.Tests.Runtime.TestMarket;

namespace Market.Actors.Tests.Runtime;

/// <summary>Any snapshot and its tail are the state of a full replay, bit for bit, and show people the same.</summary>
public class SnapshotTests
{
    internal static readonly MarketRules Lively = new() { Market = Quiet.Market };

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(3)]
    [InlineData(1_000)] // never
    public void From_a_snapshot_and_its_tail_all_is_as_from_the_start(int everySteps)
    {
        var market = Live(step => everySteps != 0 && step % everySteps == 0);
        if (everySteps == 0) { market.Host.Engine.SaveSnapshots().ShouldBe(16); }
        ShouldRecoverAlike(market);
    }

    [Fact]
    public void Snapshots_of_some_shards_and_not_of_others_do_as_well()
    {
        var market = Live(_ => false);
        foreach (var shard in market.Host.Engine.Shards.Where(shard => shard.Stream.Shard % 3 == 0).ToList())
        {
            market.Host.Journal.Save([Recovery.Take(shard, market.Host.Views)]);
        }
        market.Do(Alice, TraderCommand.Feed("later", 1));
        market.Host.Advance(3_000);
        ShouldRecoverAlike(market);
    }

    [Fact]
    public void What_goes_on_after_a_snapshot_goes_on_as_it_would_have_without_one()
    {
        var (with, without) = (Live(step => step == 30).Restarted(), Live(_ => false).Restarted());
        with.Host.StateBytes().ShouldBe(without.Host.StateBytes());
        foreach (var market in new[] { with, without })
        {
            market.Host.Advance(30_000);
            market.Do(Alice, TraderCommand.Buy("t1", 1));
            market.Move(MarketAction.End);
        }
        with.Host.JournalBytes().ShouldBe(without.Host.JournalBytes());
        with.Shown().ShouldBe(without.Shown());
    }

    [Theory]
    [InlineData(1)]
    [InlineData(60)]
    [InlineData(200)]
    public void A_view_that_is_behind_a_snapshot_of_another_node_shows_all_of_it(int turnsShown)
    {
        var market = Live(step => step == 50);
        var late = new TestEngine().Add(market.Rules);
        var journal = market.Host.Journal;
        foreach (var turn in journal.Read(journal.Streams().ToDictionary(stream => stream, _ => 1L)).Take(turnsShown)) { late.View.Committed(turn); }
        new Recovery(journal, late.Host.Views).Recover(market.Rules);
        late.Shown().ShouldBe(market.Shown());
    }

    [Fact]
    public void A_snapshot_of_an_owner_that_was_left_behind_says_when_something_happened_last_and_not_when_it_looked_last()
    {
        var market = Running();
        market.Join(Alice);
        var behind = market.Restarted();
        behind.Host.Now = behind.Host.Now.Plus(500);
        foreach (var shard in behind.Host.Engine.Shards) { shard.Mailbox.PostLink(new LinkAcknowledgement(0, 0)); } // long known: a turn in which nothing happens
        behind.Host.Drain().ShouldBe(1);
        market.Do(Alice, TraderCommand.Feed("t", 1)).Status.ShouldBe(Status.Accepted);
        behind.Host.Engine.SaveSnapshots().ShouldBe(16);
        market.Restarted().Host.StateBytes().ShouldBe(market.Host.StateBytes());
    }

    [Fact]
    public void Only_shards_with_enough_news_are_saved()
    {
        var market = Running();
        var engine = market.Host.Engine;
        engine.SaveSnapshots(after: 1_000).ShouldBe(0);
        engine.SaveSnapshots().ShouldBe(16);
        engine.SaveSnapshots().ShouldBe(0);
        market.Join(Alice);
        engine.SaveSnapshots(after: 1).ShouldBe(0);
        engine.SaveSnapshots().ShouldBe(1);
    }

    [Fact]
    public void A_large_state_is_saved_more_seldom_than_a_small_one()
    {
        var market = Running();
        foreach (var name in Enumerable.Range(0, 200)) { market.Join(new TraderKey("DRILL", $"{name}")); }
        var shard = market.ShardOf(Alice);
        market.Join(Alice);
        market.Host.Engine.SaveSnapshots().ShouldBe(16);
        var size = market.Host.Journal.LatestSnapshot(shard.Stream)!.Bytes.Length;
        var orders = 0;
        do { market.Do(Alice, TraderCommand.Buy(new string('t', 100) + ++orders, 1)); }
        while (market.Host.Engine.SaveSnapshots(after: 1, times: 4) == 0);
        var each = TurnFormat.HeaderLength + 100;
        (orders * each).ShouldBeInRange(4 * size - (orders * 16), 4 * size);
    }

    [Fact]
    public void What_was_recovered_from_a_snapshot_counts_its_news_from_there()
    {
        var market = Running();
        market.Host.Engine.SaveSnapshots().ShouldBe(16);
        market.Join(Alice);
        var again = market.Restarted();
        again.Host.Engine.SaveSnapshots(after: 1).ShouldBe(0);
        again.Host.Engine.SaveSnapshots().ShouldBe(1);
    }

    [Fact]
    public void A_snapshot_that_cannot_be_kept_is_a_dead_letter_and_the_market_goes_on()
    {
        var journal = new ScriptedJournal(new MemoryJournal()) { FailSave = new OverflowException("Too large.") };
        var market = Running(journal: journal);
        market.Host.Engine.SaveSnapshots().ShouldBe(0);
        market.Host.DeadLetters.Count.ShouldBe(16);
        market.Host.DeadLetters.Latest()[^1].ShouldSatisfyAllConditions(letter => letter.What.ShouldBe("snapshot"), letter => letter.Cause.ShouldContain("Too large."));
        journal.FailSave = null;
        market.Host.Engine.SaveSnapshots().ShouldBe(0); // nothing happened since it was tried
        market.Join(Alice);
        market.Host.Engine.SaveSnapshots().ShouldBe(1);
        ShouldRecoverAlike(market);
    }

    [Fact]
    public void A_state_that_did_not_become_durable_is_never_saved()
    {
        var journal = new ScriptedJournal(new MemoryJournal());
        var market = Running(journal: journal);
        market.Join(Alice);
        journal.FailBefore = ScriptedJournal.Full;
        market.Tell(Alice, TraderCommand.Feed("t1", 1));
        market.Host.Engine.Round(market.Host.Now);
        market.Host.Engine.SaveSnapshots().ShouldBe(0);
        journal.FailBefore = null;
        market.Host.Jump(1_000);
        market.Live(Alice).FedMonkeys.ShouldBe(0);
        market.Host.Engine.SaveSnapshots().ShouldBe(16);
        ShouldRecoverAlike(market);
    }

    [Fact]
    public void A_journal_that_failed_in_mid_life_is_recovered_from_its_snapshots_with_the_same_history()
    {
        var journal = new ScriptedJournal(new MemoryJournal());
        var market = Live(step => step == 20, journal);
        var shown = market.Shown();
        journal.FailBefore = ScriptedJournal.Full;
        market.Tell(Alice, TraderCommand.Feed("fails", 1));
        market.Host.Engine.Round(market.Host.Now);
        journal.FailBefore = null;
        market.Host.Now = market.Host.Now.Plus(1_000);
        market.Host.Engine.Round(market.Host.Now);
        market.Shown().ShouldBe(shown);
        market.Host.Drain();
        ShouldRecoverAlike(market);
    }

    [Fact]
    public void A_state_is_written_and_read_to_the_same_bytes()
    {
        var market = Live(_ => false);
        var placement = new Placement(Lively.Market, Lively.Shards);
        foreach (var shard in market.Host.Engine.Shards)
        {
            var to = new BytesWriter();
            SnapshotCodec.Write(to, shard.State);
            var from = new BytesReader(to.Written);
            var read = SnapshotCodec.Read(ref from, shard.Stream.Shard, placement, 256).ShouldNotBeNull();
            from.AtEnd.ShouldBeTrue();
            var again = new BytesWriter();
            SnapshotCodec.Write(again, read);
            again.Written.SequenceEqual(to.Written).ShouldBeTrue();
        }
    }

    internal static void ShouldRecoverAlike(TestMarket market)
    {
        var again = market.Restarted();
        again.Host.StateBytes().ShouldBe(market.Host.StateBytes());
        again.Shown().ShouldBe(market.Shown());
        var fromNothing = new TestEngine(new WithoutSnapshots(market.Host.Journal), market.Host.Now).Add(market.Rules);
        fromNothing.Host.StateBytes().ShouldBe(market.Host.StateBytes());
        fromNothing.Shown().ShouldBe(market.Shown());
    }

    /// <summary>A market with something of everything: prices, hype, a burst, investments in flight, refusals, gibbs, bailouts.</summary>
    internal static TestMarket Live(Func<int, bool> snapshotAt, IJournal? journal = null)
    {
        var market = Running(Lively, journal);
        market.Join(Alice);
        market.Join(Bob);
        for (var step = 0; step < 60; step++)
        {
            var trader = step % 2 == 0 ? Alice : Bob;
            market.Do(trader, (step % 5) switch
            {
                0 => TraderCommand.Invest($"t{step}", new Coins(300_000)),
                1 => TraderCommand.Buy($"t{step}", 2),
                2 => TraderCommand.Feed($"t{step}", 3),
                3 => TraderCommand.Sell($"t{step}", 1),
                _ => TraderCommand.Feed($"t{step - 4}", 1),
            });
            if (step % 7 == 0) { market.Say($"talker{step % 3}", $"great banana {step}" + (step == 21 ? string.Concat(Enumerable.Repeat(" mktd", 120)) : "")); }
            market.Host.Advance(step % 11 == 0 ? 700 : 13);
            if (snapshotAt(step)) { market.Host.Engine.SaveSnapshots(); }
        }
        market.Do(Alice, TraderCommand.Invest("last", new Coins(300_000))).Status.ShouldBe(Status.Accepted);
        market.View.Summary.Price.Bursting.ShouldBeTrue();
        return market;
    }
}
