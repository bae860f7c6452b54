using Market.Actors.Answers;
using Market.Actors.Cluster;
using Market.Actors.Journal;
using Market.Protocol.Messages;
using Market.Protocol.Values;

namespace Market.Actors.Tests.Cluster;

/// <summary>The way of an answer: a delivery, the box of its door, bytes, the desk, the asker.</summary>
public class ReplyTests
{
    private static readonly Timestamp Now = new(1_000);
    private static readonly TraderState State = TraderState.Initial(Now) with { Shares = 8, FedMonkeys = 2 };
    private static readonly Result Accepted = new()
    {
        TxnId = "t1", Type = ResultType.Market, Status = Status.Accepted, Price = Coins.Whole(1), State = State,
    };

    private readonly ReplyBoxes _boxes = new(() => { });
    private readonly DoorDesk _desk = new(4);
    private readonly Asker _asker = new();

    [Fact]
    public void An_answer_comes_to_who_asked_with_the_tag_it_was_asked_with()
    {
        var delivery = Delivery(Ticket(10), Ticket(11));
        delivery.Answer(1, Accepted with { TxnId = "t2", Status = Status.InsufficientCoins, Price = null });
        delivery.Answer(0, Accepted);
        Deliver();
        _asker.Told.ShouldBe([(11, Accepted with { TxnId = "t2", Status = Status.InsufficientCoins, Price = null }), (10, Accepted)]);
    }

    [Fact]
    public void Answers_to_requests_come_too()
    {
        var gibb = new Gibb(3, Now, "me", "banana", "api", 1, default);
        var delivery = Delivery(Open(new JoinTrader(new TraderKey("DRILL", "d"), _asker, 5)), Open(new PostGibb("me", "banana", "api", _asker, 6)), Open(new MoveMarket(MarketAction.Start, _asker, 7)));
        delivery.Answer(0, new Joined(true, State));
        delivery.Answer(1, gibb);
        delivery.Answer(2, new Moved(true, MarketStatus.Running));
        Deliver();
        _asker.Heard.ShouldBe([(5, new Joined(true, State)), (6, gibb), (7, new Moved(true, MarketStatus.Running))]);
    }

    [Fact]
    public void A_mail_may_be_acknowledged_with_its_last_answer_and_not_before()
    {
        var delivery = Delivery(Ticket(1), Ticket(2));
        delivery.Answer(0, Accepted);
        _boxes.TakeAll().ShouldHaveSingleItem().Handled.ShouldBeEmpty();
        delivery.Fail(1, new Failure(FailureKind.Fault, "broken"));
        _boxes.TakeAll().ShouldHaveSingleItem().Handled.ShouldBe([delivery]);
        _boxes.TakeAll().ShouldBeEmpty();
    }

    [Fact]
    public void What_was_handled_before_its_redelivery_is_answered_as_the_first_time()
    {
        var again = Accepted with { Status = Status.Duplicate, First = Status.InsufficientShares };
        Delivery(redelivered: true, Ticket(1)).Answer(0, again);
        Delivery(redelivered: false, Ticket(2)).Answer(0, again);
        Deliver();
        _asker.Told.Select(told => (told.Tag, told.Result.Status, told.Result.First))
            .ShouldBe([(1, Status.InsufficientShares, default), (2, Status.Duplicate, Status.InsufficientShares)]);
    }

    [Fact]
    public void A_ticket_is_good_once()
    {
        var ticket = Ticket(1);
        _desk.Answer(ticket, Accepted);
        _desk.Answer(ticket, Accepted);
        _desk.TryOpen(_asker, 2, Now, out var next).ShouldBeTrue();
        _desk.Fail(ticket, new Failure(FailureKind.Fault, "late"));
        _asker.Told.Count.ShouldBe(1);
        _asker.Failed.ShouldBeEmpty();
        next.ShouldNotBe(ticket);
    }

    [Fact]
    public void No_more_tickets_are_out_than_may_be_and_old_ones_are_given_up()
    {
        for (var tag = 0; tag < 4; tag++) { _desk.TryOpen(_asker, tag, Now.Plus(tag), out _).ShouldBeTrue(); }
        _desk.TryOpen(_asker, 9, Now, out _).ShouldBeFalse();
        _desk.FailOlderThan(Now.Plus(2), new Failure(FailureKind.Fault, "too late")).ShouldBe(2);
        _asker.Failed.ShouldBe([(0, "too late"), (1, "too late")]);
        _desk.Waiting.ShouldBe(2);
        _desk.TryOpen(_asker, 9, Now, out _).ShouldBeTrue();
    }

    private ShardDelivery Delivery(params long[] tickets) => Delivery(redelivered: false, tickets);

    private ShardDelivery Delivery(bool redelivered, params long[] tickets) => new(new StreamId(MarketId.Of("banana"), 0), 1, redelivered, "node-1", tickets, _boxes);

    private long Ticket(long tag)
    {
        _desk.TryOpen(_asker, tag, Now, out var ticket).ShouldBeTrue();
        return ticket;
    }

    private long Open(Request request)
    {
        _desk.TryOpen(request, Now, out var ticket).ShouldBeTrue();
        return ticket;
    }

    private void Deliver()
    {
        foreach (var mail in _boxes.TakeAll()) { ReplyReader.Read(mail.Bytes.Span, _desk); }
    }

    private sealed class Asker : IAnswerTo<Result>, IAnswerTo<Joined>, IAnswerTo<Gibb>, IAnswerTo<Moved>
    {
        public List<(long Tag, Result Result)> Told { get; } = [];

        public List<(long Tag, object Answer)> Heard { get; } = [];

        public List<(long Tag, string Why)> Failed { get; } = [];

        public void Answer(long tag, in Result answer) => Told.Add((tag, answer));

        public void Answer(long tag, in Joined answer) => Heard.Add((tag, answer));

        public void Answer(long tag, in Gibb answer) => Heard.Add((tag, answer));

        public void Answer(long tag, in Moved answer) => Heard.Add((tag, answer));

        public void Fail(long tag, Failure failure) => Failed.Add((tag, failure.Message));
    }
}
