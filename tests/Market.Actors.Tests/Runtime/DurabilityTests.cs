using Market.Actors.Answers;
using Market.Actors.Journal;
using Market.Protocol.Messages;
using Market.Protocol.Values;
using static Market.Actors.Tests.Runtime.TestMarket;

namespace Market.Actors.Tests.Runtime;

/// <summary>Nothing is answered, told or shown before it is durable; what failed to become durable is never said.</summary>
public class DurabilityTests
{
    private readonly ScriptedJournal _journal = new(new MemoryJournal());
    private readonly TestMarket _market;

    public DurabilityTests()
    {
        _market = Running(journal: _journal);
        _market.Join(Alice);
        _market.Join(Bob);
    }

    /// <summary>Whatever is said, a replay of the journal at that moment knows it already.</summary>
    [Fact]
    public void Whatever_is_said_stands_in_the_journal_when_it_is_said()
    {
        var checks = 0;
        var answers = new RecordingSink { Heard = _ => checks += CheckReplay() };
        _market.Host.Heard = result =>
        {
            Replayed().Live(Alice).ShouldBe(result.State!.Value);
            checks++;
        };
        Say(1, TraderCommand.Invest("t1", Coins.Whole(2)));
        Say(2, TraderCommand.Buy("t2", 8));
        Say(3, TraderCommand.Feed("t3", 13));
        Say(4, TraderCommand.Feed("t3", 13));
        _market.Region.TryAsk(new JoinTrader(new TraderKey("DRILL", "carol"), answers, 5));
        _market.Region.TryAsk(new PostGibb("zoé", "banana", "api", answers, 6));
        _market.Region.TryAsk(new MoveMarket(MarketAction.End, answers, 7));
        _market.Host.Drain();
        checks.ShouldBe(9); // seven answers, a return and a bailout
        answers.Failures.ShouldBeEmpty();

        int CheckReplay()
        {
            Replayed().Host.StateBytes().ShouldBe(_market.Host.StateBytes());
            return 1;
        }

        void Say(long tag, TraderCommand command) => _market.Region.TryTell(Alice, command, answers, tag).ShouldBeTrue();
    }

    [Fact]
    public void Answers_come_after_the_append_and_before_the_next()
    {
        var order = new List<string>();
        _journal.Appended = () => order.Add("append");
        var answers = new RecordingSink { Heard = tag => order.Add($"answer {tag}") };
        for (var i = 0; i < 3; i++)
        {
            _market.Region.TryTell(Alice, TraderCommand.Feed($"t{i}", 1), answers, (2 * i) + 1);
            _market.Region.TryTell(Bob, TraderCommand.Feed($"t{i}", 1), answers, (2 * i) + 2);
            _market.Host.Engine.Round(_market.Host.Now).ShouldBeTrue();
        }
        order.ShouldBe(["append", "answer 2", "answer 1", "append", "answer 4", "answer 3", "append", "answer 6", "answer 5"]);
    }

    [Fact]
    public void A_round_without_events_answers_without_an_append()
    {
        var first = _market.Do(Alice, TraderCommand.Feed("t1", 1));
        _journal.FailBefore = ScriptedJournal.Full;
        _market.Do(Alice, TraderCommand.Feed("t1", 1)).ShouldBe(first with { Status = Status.Duplicate });
        _market.Host.Engine.Down.ShouldBeNull();
    }

    [Fact]
    public void When_the_journal_fails_nothing_is_answered_as_done()
    {
        var shown = _market.Shown();
        var bytes = _market.Host.StateBytes();
        _journal.FailBefore = ScriptedJournal.Full;
        var tags = new[] { _market.Tell(Alice, TraderCommand.Feed("t1", 1)), _market.Tell(Alice, TraderCommand.Invest("t2", Coins.Whole(1))), _market.Tell(Bob, TraderCommand.Feed("t1", 1)) };
        _market.Region.TryAsk(new MoveMarket(MarketAction.Pause, _market.Answers, 77));
        _market.Host.Engine.Round(_market.Host.Now).ShouldBeTrue();
        foreach (var tag in tags.Append(77)) { _market.Answers[tag].ShouldBe(new Failure(FailureKind.JournalUnavailable, "The disk is full.")); }
        _market.Host.News.ShouldBeEmpty();
        _market.Shown().ShouldBe(shown);
        _market.Host.Engine.Down.ShouldBe("The disk is full.");
        Replayed().Host.StateBytes().ShouldBe(bytes);
    }

    [Fact]
    public void Whatever_an_append_throws_the_askers_are_told_and_the_market_goes_on_from_the_journal()
    {
        _journal.FailAfter = new InvalidOperationException("A driver's own fault.");
        var tag = _market.Tell(Alice, TraderCommand.Feed("t1", 1));
        _market.Host.Engine.Round(_market.Host.Now).ShouldBeTrue();
        _market.Answers[tag].ShouldBe(new Failure(FailureKind.JournalUnavailable, "A driver's own fault."));
        _market.Host.Engine.Down.ShouldBe("A driver's own fault.");
        _journal.FailAfter = null;
        _journal.FailProbe = new InvalidOperationException("And again.");
        _market.Host.Jump(1_000);
        _market.Host.Engine.Down.ShouldBe("And again.");
        _journal.FailProbe = null;
        _market.Host.Jump(1_000);
        _market.Host.Engine.Down.ShouldBeNull();
        _market.Do(Alice, TraderCommand.Feed("t1", 1)).Status.ShouldBe(Status.Duplicate); // it was kept
        _market.Live(Alice).FedMonkeys.ShouldBe(1);
    }

    [Fact]
    public void While_the_journal_is_down_all_is_refused_and_it_is_tried_again_every_second()
    {
        GoDown();
        var (engine, probes) = (_market.Host.Engine, _journal.Probes);
        engine.NextDue().ShouldBe(_market.Host.Now.Plus(1_000));
        var tag = _market.Tell(Alice, TraderCommand.Feed("t9", 1));
        engine.Round(_market.Host.Now).ShouldBeTrue();
        ((Failure)_market.Answers[tag]).Kind.ShouldBe(FailureKind.JournalUnavailable);
        engine.Round(_market.Host.Now.Plus(999)).ShouldBeFalse();
        _journal.Probes.ShouldBe(probes);
        _journal.FailProbe = new JournalUnavailableException("Still full.");
        engine.Round(_market.Host.Now.Plus(1_000)).ShouldBeTrue();
        engine.Down.ShouldBe("Still full.");
        engine.NextDue().ShouldBe(_market.Host.Now.Plus(2_000));
    }

    [Fact]
    public void Once_the_journal_can_be_written_again_the_market_goes_on_from_what_it_says()
    {
        GoDown();
        var durable = Replayed().Host.StateBytes();
        _journal.FailBefore = null;
        _market.Host.Now = _market.Host.Now.Plus(1_000);
        _market.Host.Engine.Round(_market.Host.Now).ShouldBeTrue();
        _market.Host.Engine.Down.ShouldBeNull();
        _market.Host.StateBytes().ShouldBe(durable);
        _market.Do(Alice, TraderCommand.Feed("t1", 1)).Status.ShouldBe(Status.Accepted);
        _market.Live(Alice).FedMonkeys.ShouldBe(1);
        _market.Host.StateBytes().ShouldBe(Replayed().Host.StateBytes());
        _market.Shown().ShouldBe(Replayed().Shown());
    }

    [Fact]
    public void A_turn_that_was_kept_though_the_append_failed_is_not_done_twice()
    {
        _journal.FailAfter = ScriptedJournal.Full;
        var tag = _market.Tell(Alice, TraderCommand.Invest("t1", Coins.Whole(4)));
        _market.Host.Engine.Round(_market.Host.Now);
        ((Failure)_market.Answers[tag]).Kind.ShouldBe(FailureKind.JournalUnavailable); // nobody knows
        _market.Seen(Alice).InFlightInvestments.ShouldBe(0);
        _journal.FailAfter = null;
        _market.Host.Jump(1_000);
        _market.Seen(Alice).InFlightInvestments.ShouldBe(1);
        var again = _market.Do(Alice, TraderCommand.Invest("t1", Coins.Whole(4)));
        (again.Status, again.First).ShouldBe((Status.Duplicate, Status.Accepted));
        _market.Host.Advance(1_000);
        _market.Live(Alice).Coins.ShouldBe(new Coins(10_600_000));
        _market.Host.News.Count.ShouldBe(1);
        _market.Shown().ShouldBe(Replayed().Shown());
    }

    [Fact]
    public void Mail_between_shards_that_was_on_its_way_when_the_journal_failed_arrives_once()
    {
        _market.Do(Alice, TraderCommand.Invest("t0", Coins.Whole(1)));
        for (var round = 0; round < 8; round++)
        {
            var tag = _market.Tell(Alice, TraderCommand.Invest($"t{round + 1}", Coins.Whole(1)));
            for (var done = 0; done < round; done++) { _market.Host.Engine.Round(_market.Host.Now); }
            GoDown();
            _journal.FailBefore = null;
            _market.Host.Jump(1_000);
            if (_market.Answers[tag] is Failure) { _market.Do(Alice, TraderCommand.Invest($"t{round + 1}", Coins.Whole(1))).Status.ShouldBe(Status.Accepted); }
        }
        _market.Host.Advance(5_000);
        _market.Live(Alice).ShouldSatisfyAllConditions(s => s.InFlightInvestments.ShouldBe(0), s => s.Coins.ShouldBe(new Coins(11_350_000)));
        _market.Host.News.Count.ShouldBe(9);
    }

    [Fact]
    public void Another_owners_turn_stops_its_shard_and_the_others_of_that_append_go_on_from_the_journal()
    {
        Replayed().Do(Alice, TraderCommand.Feed("theirs", 2)).Status.ShouldBe(Status.Accepted);
        var (lost, other) = (_market.Tell(Alice, TraderCommand.Feed("ours", 1)), _market.Tell(Bob, TraderCommand.Feed("t1", 1)));
        _market.Host.Drain();
        ((Failure)_market.Answers[lost]).Kind.ShouldBe(FailureKind.ShardStopped);
        ((Failure)_market.Answers[other]).Kind.ShouldBe(FailureKind.JournalUnavailable);
        var engine = _market.Host.Engine;
        engine.Stopped.Keys.ShouldBe([new StreamId(_market.Rules.Market, 4)]);
        _market.Host.DeadLetters.Latest().ShouldHaveSingleItem().Actor.ShouldBe("/banana/4");
        engine.Down.ShouldBeNull();
        (_market.Live(Bob).FedMonkeys, _market.Seen(Alice).FedMonkeys).ShouldBe((0, 2));
        _market.Do(Bob, TraderCommand.Feed("t1", 1)).Status.ShouldBe(Status.Accepted);
        ((Failure)_market.Answers[_market.Tell(Alice, TraderCommand.Feed("later", 1))]).Kind.ShouldBe(FailureKind.ShardStopped);
        _market.Host.Advance(10_000);
        _market.View.Summary.Price.Seq.ShouldBe(11);
        Replayed().Seen(Alice).FedMonkeys.ShouldBe(2);
    }

    [Fact]
    public void A_conflict_that_names_no_stream_of_the_append_is_an_unknown_outcome()
    {
        _journal.FailAfter = new JournalConflictException("Somebody wrote.");
        var tag = _market.Tell(Alice, TraderCommand.Feed("t1", 1));
        _market.Host.Engine.Round(_market.Host.Now);
        ((Failure)_market.Answers[tag]).Kind.ShouldBe(FailureKind.JournalUnavailable);
        _journal.FailAfter = null;
        _market.Host.Jump(1_000);
        _market.Host.Engine.Stopped.ShouldBeEmpty();
        _market.Do(Alice, TraderCommand.Feed("t1", 1)).Status.ShouldBe(Status.Duplicate);
    }

    /// <summary>One more command, which fails with the journal.</summary>
    private void GoDown()
    {
        _journal.FailBefore = ScriptedJournal.Full;
        _market.Tell(Bob, TraderCommand.Feed($"fails {_journal.Probes}", 1));
        _market.Host.Engine.Round(_market.Host.Now).ShouldBeTrue();
        _market.Host.Engine.Down.ShouldNotBeNull();
    }

    private TestMarket Replayed() => _market.Restarted();
}
