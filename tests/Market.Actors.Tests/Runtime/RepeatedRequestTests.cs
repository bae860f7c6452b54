using Market.Actors.Answers;
using Market.Actors.Audit;
using Market.Actors.Journal;
using Market.Actors.Runtime;
using Market.Protocol.Messages;
using Market.Protocol.Values;
using Market.Protocol.Wire;
using static Market.Actors.Tests.Runtime.TestMarket;

namespace Market.Actors.Tests.Runtime;

/// <summary>A request with an id may come again, because nobody knows whether its answer arrived: it has one effect, and the first answer each time.</summary>
public class RepeatedRequestTests
{
    private readonly TestMarket _market = Running();

    [Fact]
    public void A_join_that_comes_again_is_new_again_as_it_was_then()
    {
        var first = Join(Alice, id: 7);
        _market.Do(Alice, TraderCommand.Feed("t1", 2));
        Join(Alice, id: 7).ShouldBe(first);
        first.Taken.ShouldBeFalse();
        Join(Alice, id: 8).ShouldBe(new Joined(Taken: true, _market.Live(Alice)));
    }

    [Fact]
    public void A_gibb_that_comes_again_is_shown_once()
    {
        var first = Post("zoé", "good banana", id: 7);
        _market.Host.Advance(100);
        Post("zoé", "good banana", id: 7).ShouldBe(first);
        _market.View.LastGibbs(10).ShouldBe([first]);
        Post("zoé", "good banana", id: 8).Number.ShouldBe(first.Number + 1);
    }

    [Fact]
    public void A_move_that_comes_again_late_moves_nothing()
    {
        Move(MarketAction.Pause, id: 7).ShouldBe(new Moved(Done: true, MarketStatus.Paused));
        Move(MarketAction.Resume, id: 8);
        Move(MarketAction.Pause, id: 7).ShouldBe(new Moved(Done: true, MarketStatus.Paused));
        Move(MarketAction.Pause, id: 9).Done.ShouldBeTrue("the market was still running");
    }

    [Fact]
    public void An_opening_that_comes_again_is_done()
    {
        var market = new TestEngine().Add(Quiet);
        Open(market).ShouldBe(new Moved(Done: true, MarketStatus.Open));
        market.Move(MarketAction.Start);
        Open(market).ShouldBe(new Moved(Done: true, MarketStatus.Open));

        static object Open(TestMarket market) => market.Ask(tag => new OpenMarket(Seed, market.Answers, tag) { Id = 7 });
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Another_owner_knows_what_was_answered(bool snapshots)
    {
        var (joined, said) = (Join(Alice, id: 7), Post("zoé", "good banana", id: 8));
        if (snapshots) { _market.Host.Engine.SaveSnapshots().ShouldBe(16); }
        var next = _market.Restarted();
        next.Ask(tag => new JoinTrader(Alice, next.Answers, tag) { Id = 7 }).ShouldBe(joined);
        next.Ask(tag => new PostGibb("zoé", "good banana", "api", next.Answers, tag) { Id = 8 }).ShouldBe(said);
        SnapshotTests.ShouldRecoverAlike(_market);
        new JournalAudit(_market.Host.Journal, _market.Rules).Run().Findings.Kept.ShouldBeEmpty();
    }

    [Fact]
    public void What_a_request_did_and_that_it_did_it_are_one_turn()
    {
        Join(Alice, id: 7);
        Join(Alice, id: 9);
        var turns = Events().ToList();
        var turn = turns.Where(events => events.OfType<RequestAnswered>().Any()).ShouldHaveSingleItem("a refusal changes nothing, and needs no event");
        turn.ShouldBe([new TraderJoined(Alice), new RequestAnswered(7)]);
    }

    [Fact]
    public void A_request_without_an_id_is_journaled_as_ever()
    {
        _market.Join(Alice);
        _market.Say("zoé", "good banana");
        Events().SelectMany(events => events).OfType<RequestAnswered>().ShouldBeEmpty();
        _market.ShardOf(Alice).State.Requests.Count.ShouldBe(0);
        var to = new BytesWriter();
        SnapshotCodec.Write(to, _market.ShardOf(Alice).State);
        to.Written[0].ShouldBe((byte)3, "older releases read the snapshots of a node of its own");
    }

    [Fact]
    public void As_many_are_remembered_as_is_said_and_no_more()
    {
        Post("zoé", "gibb", id: 1);
        for (var id = 2; id <= AnsweredRequests.Remembered; id++) { Post("zoé", $"gibb {id}", (ulong)id); }
        Post("zoé", "gibb", id: 1).Number.ShouldBe(1);
        Post("zoé", "one too many", id: 5_000);
        Post("zoé", "gibb", id: 1).Number.ShouldBe(AnsweredRequests.Remembered + 2);
        SnapshotTests.ShouldRecoverAlike(_market);
    }

    [Fact]
    public void An_id_of_another_request_is_a_dead_letter()
    {
        var shard = new Placement(Quiet.Market, Quiet.Shards).MarketShard;
        var there = Enumerable.Range(0, 1_000).Select(name => new TraderKey("BONOBO", $"{name}")).First(trader => _market.ShardOf(trader).Stream.Shard == shard);
        Move(MarketAction.Pause, id: 7);
        _market.Ask(tag => new JoinTrader(there, _market.Answers, tag) { Id = 7 }).ShouldBeOfType<Failure>().Kind.ShouldBe(FailureKind.Fault);
        _market.Host.DeadLetters.Latest()[^1].Cause.ShouldContain("MarketMoved");
        Join(there, id: 8).Taken.ShouldBeFalse("nothing happened");
    }

    [Fact]
    public void A_journal_in_which_a_request_is_done_twice_or_did_nothing_is_not_sound()
    {
        Turn(new TraderJoined(Alice), new RequestAnswered(7)).ShouldBeNull();
        Turn(new TraderJoined(Alice), new RequestAnswered(7), new TraderJoined(Bob), new RequestAnswered(7)).ShouldNotBeNull().ShouldContain("once");
        Turn(new RequestAnswered(7)).ShouldNotBeNull().ShouldContain("answered by what was done");
        Turn(new Harvested(1), new RequestAnswered(7)).ShouldNotBeNull();
    }

    /// <summary>Why a turn of these events could not be replayed; null when it could.</summary>
    private static string? Turn(params MarketEvent[] events)
    {
        var stream = new StreamId(Quiet.Market, 4);
        var bytes = new BytesWriter();
        bytes.Take(TurnFormat.HeaderLength);
        foreach (var one in events) { EventWriter.Write(bytes, one); }
        TurnFormat.Seal(bytes.Patch(0, bytes.Length), new TurnHeader(4, 1, events.Length, new Timestamp(1), 0, 0));
        var replay = new StreamReplay(stream, new ShardState(4, new Placement(Quiet.Market, Quiet.Shards), 256));
        return Record.Exception(() => replay.Turn(new JournaledTurn(stream, 1, events.Length, bytes.WrittenMemory)))?.Message;
    }

    private Joined Join(TraderKey trader, ulong id) => (Joined)_market.Ask(tag => new JoinTrader(trader, _market.Answers, tag) { Id = id });

    private Gibb Post(string author, string text, ulong id) => (Gibb)_market.Ask(tag => new PostGibb(author, text, "api", _market.Answers, tag) { Id = id });

    private Moved Move(MarketAction action, ulong id) => (Moved)_market.Ask(tag => new MoveMarket(action, _market.Answers, tag) { Id = id });

    private IEnumerable<List<MarketEvent>> Events()
    {
        var journal = _market.Host.Journal;
        foreach (var turn in journal.Read(journal.Streams().ToDictionary(stream => stream, _ => 1L)))
        {
            var events = new MarketEventsOf();
            EventReader.Read(turn.Bytes.Span[TurnFormat.HeaderLength..], turn.Count, default, events);
            yield return events.All;
        }
    }

    private sealed class MarketEventsOf : IEventFold
    {
        public List<MarketEvent> All { get; } = [];

        public void On(int slot, in TraderEvent happened, ReadOnlySpan<char> txnId, Timestamp time)
        {
        }

        public void On(MarketEvent happened, Timestamp time) => All.Add(happened);
    }
}
