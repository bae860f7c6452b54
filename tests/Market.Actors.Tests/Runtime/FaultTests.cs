using Market.Actors.Answers;
using Market.Actors.Journal;
using Market.Actors.Mailboxes;
using Market.Protocol.Messages;
using Market.Protocol.Values;
using static Market.Actors.Tests.Runtime.TestMarket;

namespace Market.Actors.Tests.Runtime;

public class FaultTests
{
    private static readonly TraderKey Carol = new("DRILL", "carol");
    private readonly TestMarket _market = Running();

    public FaultTests()
    {
        _market.Join(Alice);
        _market.Join(Bob);
    }

    /// <summary>Something no actor knows.</summary>
    private sealed record Unheard(IAnswerTo<Moved> AnswerTo, long Tag) : Request<Moved>(AnswerTo, Tag);

    [Fact]
    public void A_request_that_cannot_be_handled_becomes_a_dead_letter_and_the_others_go_on()
    {
        var journal = _market.Host.JournalBytes();
        var before = _market.Tell(Bob, TraderCommand.Feed("t1", 1));
        _market.Mailboxes[_market.Shard(6).Stream.Shard].TryPost(new Envelope { Body = new Unheard(_market.Answers, 901) });
        _market.Region.TryAsk(new MoveMarket(MarketAction.Pause, _market.Answers, 902));
        _market.Host.Drain();
        _market.Answers.Result(before).Status.ShouldBe(Status.Accepted);
        ((Failure)_market.Answers[901]).Kind.ShouldBe(FailureKind.Fault);
        _market.Answers[902].ShouldBe(new Moved(true, MarketStatus.Paused));
        _market.Host.DeadLetters.Count.ShouldBe(1);
        var letter = _market.Host.DeadLetters.Latest().ShouldHaveSingleItem();
        (letter.Time, letter.Actor, letter.What).ShouldBe((_market.Host.Now, "/banana", nameof(Unheard)));
        letter.Cause.ShouldContain("NotSupportedException");
        _market.Host.Engine.Stopped.ShouldBeEmpty();
        _market.Host.JournalBytes().Take(journal.Count).ShouldBe(journal);
    }

    /// <summary>More shares than 64 bits hold cannot be got by trading; a trader that has them shows what a fault in a decider does.</summary>
    [Fact]
    public void A_command_whose_deciding_fails_becomes_a_dead_letter_and_leaves_its_trader_untouched()
    {
        _market.ShardOf(Alice).State.Traders[0].State = _market.Live(Alice) with { Shares = long.MaxValue };
        var state = _market.Live(Alice);
        var (failing, after) = (_market.Tell(Alice, TraderCommand.Buy("t1", 1)), _market.Tell(Alice, TraderCommand.Feed("t2", 1)));
        _market.Host.Drain();
        ((Failure)_market.Answers[failing]).Kind.ShouldBe(FailureKind.Fault);
        _market.Answers.Result(after).State.ShouldBe(state with { Shares = long.MaxValue - 1, FedMonkeys = 1, Time = _market.Host.Now });
        var letter = _market.Host.DeadLetters.Latest().ShouldHaveSingleItem();
        (letter.Actor, letter.What).ShouldBe(("/banana/trader/BONOBO/alice", "Buy t1"));
        letter.Cause.ShouldContain("OverflowException");
    }

    [Fact]
    public void A_broken_invariant_stops_its_shard_and_no_other()
    {
        Break();
        var engine = _market.Host.Engine;
        engine.Stopped.Keys.ShouldBe([new StreamId(Quiet.Market, 4)]);
        engine.Shards.Count.ShouldBe(15);
        _market.Host.DeadLetters.Latest().ShouldHaveSingleItem().Actor.ShouldBe("/banana/4");
        _market.Do(Bob, TraderCommand.Feed("t1", 1)).Status.ShouldBe(Status.Accepted);
        _market.Host.Advance(10_000);
        _market.View.Summary.Price.Seq.ShouldBe(11);
        ((Failure)_market.Answers[_market.Tell(Alice, TraderCommand.Feed("t2", 1))]).Kind.ShouldBe(FailureKind.ShardStopped);
        engine.SaveSnapshots().ShouldBe(15);
    }

    [Fact]
    public void All_that_waited_for_a_shard_that_stops_is_answered_once_with_a_failure()
    {
        var tags = Enumerable.Range(0, 5).Select(i => _market.Tell(Alice, TraderCommand.Feed($"t{i}", 1))).ToList();
        _market.Region.TryAsk(new JoinTrader(Alice, _market.Answers, 901));
        Break();
        foreach (var tag in tags.Append(901)) { ((Failure)_market.Answers[tag]).Kind.ShouldBe(FailureKind.ShardStopped); }
        _market.Restarted().Live(Alice).FedMonkeys.ShouldBe(0);
    }

    [Fact]
    public void A_shard_that_stops_in_mid_turn_says_nothing_of_that_turn()
    {
        var tags = new[]
        {
            _market.Tell(Alice, TraderCommand.Feed("before", 1)),
            _market.Tell(Alice, new TraderCommand((CommandType)99, "impossible", 1)),
            _market.Tell(Alice, TraderCommand.Feed("after", 1)),
        };
        _market.Host.Drain();
        tags.Select(tag => ((Failure)_market.Answers[tag]).Kind).ShouldAllBe(kind => kind == FailureKind.ShardStopped);
        _market.Host.Engine.Stopped.Count.ShouldBe(1);
        _market.Restarted().Live(Alice).FedMonkeys.ShouldBe(0);
    }

    [Fact]
    public void A_stopped_shard_stays_stopped_when_the_journal_comes_back_and_its_mailbox_stays_empty()
    {
        var journal = new ScriptedJournal(new MemoryJournal());
        var market = Running(journal: journal);
        market.Join(Alice);
        market.Join(Bob);
        market.Mailboxes[4].PostLink(new LinkBatch(0, market.Shard(4).State.Links[0].Received + 1, [new ComeHome(Carol, "t", Coins.Zero)]));
        market.Host.Drain();
        journal.FailBefore = ScriptedJournal.Full;
        market.Tell(Bob, TraderCommand.Feed("t1", 1));
        market.Host.Engine.Round(market.Host.Now);
        journal.FailBefore = null;
        market.Host.Jump(1_000);
        market.Host.Engine.Down.ShouldBeNull();
        market.Host.Engine.Shards.Count.ShouldBe(15);
        market.Host.Advance(20_000);
        market.Mailboxes[4].HasMail.ShouldBeFalse(); // though its peers owe it twenty prices
        market.Do(Bob, TraderCommand.Feed("t1", 1)).Status.ShouldBe(Status.Accepted);
    }

    [Fact]
    public void Stopping_answers_all_that_waits()
    {
        var tag = _market.Tell(Alice, TraderCommand.Feed("t1", 1));
        _market.Host.Engine.Stop(new Failure(FailureKind.Stopping, "bye"));
        _market.Answers[tag].ShouldBe(new Failure(FailureKind.Stopping, "bye"));
        _market.Restarted().Live(Alice).FedMonkeys.ShouldBe(0);
    }

    [Fact]
    public void The_engine_counts_what_it_does()
    {
        var counters = _market.Host.Engine.Counters;
        var (appends, turns, events, bytes) = (counters.Appends, counters.Turns, counters.Events, counters.Bytes);
        _market.Tell(Alice, TraderCommand.Feed("t1", 1));
        _market.Tell(Alice, TraderCommand.Feed("t2", 1));
        _market.Tell(Bob, TraderCommand.Feed("t1", 1));
        _market.Host.Drain();
        (counters.Appends - appends, counters.Turns - turns, counters.Events - events).ShouldBe((1, 2, 3));
        (counters.Bytes - bytes).ShouldBeGreaterThan(64);
        _market.Restarted().Host.Engine.Counters.RecoveredEvents.ShouldBe(counters.Events);
    }

    /// <summary>An investment comes home to a trader that never joined: what must never be.</summary>
    private void Break()
    {
        _market.Mailboxes[4].PostLink(new LinkBatch(0, _market.Shard(4).State.Links[0].Received + 1, [new ComeHome(Carol, "t", Coins.Zero)]));
        _market.Host.Drain();
    }
}
