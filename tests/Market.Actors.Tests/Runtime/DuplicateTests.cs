using Market.Actors.Traders;
using Market.Protocol.Messages;
using Market.Protocol.Values;
using static Market.Actors.Tests.Runtime.TestMarket;

namespace Market.Actors.Tests.Runtime;

public class DuplicateTests
{
    private readonly TestMarket _market = Running();

    public DuplicateTests()
    {
        _market.Join(Alice);
        _market.Join(Bob);
    }

    [Fact]
    public void A_command_sent_again_gets_the_first_answer_with_the_state_and_the_price_of_then()
    {
        var first = _market.Do(Alice, TraderCommand.Buy("t1", 2));
        _market.Say("zoé", "good banana");
        _market.Host.Advance(2_000);
        _market.Do(Alice, TraderCommand.Feed("t2", 1));
        _market.Do(Alice, TraderCommand.Sell("t3", 1)).Price.ShouldBe(new Coins(1_010_000));
        var now = _market.Live(Alice);
        _market.Do(Alice, TraderCommand.Buy("t1", 2)).ShouldBe(first with { Status = Status.Duplicate, First = Status.Accepted });
        _market.Live(Alice).ShouldBe(now);
    }

    [Fact]
    public void The_traders_own_time_does_not_make_another_command()
    {
        var first = _market.Do(Alice, TraderCommand.Feed("t1", 2) with { SentAt = new Timestamp(1) });
        _market.Do(Alice, TraderCommand.Feed("t1", 2) with { SentAt = new Timestamp(2) }).ShouldBe(first with { Status = Status.Duplicate, First = Status.Accepted });
        _market.Live(Alice).FedMonkeys.ShouldBe(2);
    }

    [Fact]
    public void A_refusal_is_remembered_as_well()
    {
        var first = _market.Do(Alice, TraderCommand.Sell("t1", 6));
        _market.Do(Alice, TraderCommand.Buy("t2", 3));
        _market.Do(Alice, TraderCommand.Sell("t1", 6)).ShouldBe(first with { Status = Status.Duplicate, First = Status.InsufficientShares });
        _market.Live(Alice).Shares.ShouldBe(8);
    }

    [Fact]
    public void A_txnId_under_another_command_is_reused_and_nothing_happens()
    {
        _market.Do(Alice, TraderCommand.Feed("t1", 2));
        var now = _market.Live(Alice);
        foreach (var other in new[] { TraderCommand.Feed("t1", 1), TraderCommand.Buy("t1", 2), TraderCommand.Sell("t1", 2), TraderCommand.Invest("t1", new Coins(2)) })
        {
            var result = _market.Do(Alice, other);
            result.ShouldBe(new Result { TxnId = "t1", Type = Result.TypeOf(other.Type), Status = Status.TxnIdReused, First = Status.Accepted, State = now });
        }
        _market.Do(Alice, TraderCommand.Feed("t1", 2)).Status.ShouldBe(Status.Duplicate); // the first is still the first
        _market.Live(Alice).ShouldBe(now);
    }

    [Fact]
    public void Traders_do_not_share_txnIds()
    {
        _market.Do(Alice, TraderCommand.Feed("t1", 1)).Status.ShouldBe(Status.Accepted);
        _market.Do(Bob, TraderCommand.Feed("t1", 1)).Status.ShouldBe(Status.Accepted);
        _market.Do(Bob, TraderCommand.Feed("T1", 1)).Status.ShouldBe(Status.Accepted); // nor do t1 and T1 name the same
    }

    [Fact]
    public void A_command_sent_again_within_the_same_turn_is_done_once()
    {
        var tags = Enumerable.Range(0, 10).Select(_ => _market.Tell(Alice, TraderCommand.Feed("t1", 1))).ToList();
        _market.Host.Drain();
        _market.Answers.Result(tags[0]).Status.ShouldBe(Status.Accepted);
        tags.Skip(1).ShouldAllBe(tag => _market.Answers.Result(tag).Status == Status.Duplicate);
        _market.Live(Alice).FedMonkeys.ShouldBe(1);
    }

    [Fact]
    public void The_last_256_answers_are_remembered()
    {
        _market.Do(Alice, TraderCommand.Feed("first", 1));
        for (var i = 1; i < 256; i++) { _market.Do(Alice, TraderCommand.Feed($"t{i}", 1)); }
        _market.Do(Alice, TraderCommand.Feed("first", 1)).Status.ShouldBe(Status.Duplicate);
        _market.Do(Alice, TraderCommand.Feed("one more", 1));
        _market.Do(Alice, TraderCommand.Feed("t1", 1)).Status.ShouldBe(Status.Duplicate);
        _market.Do(Alice, TraderCommand.Feed("first", 1)).Status.ShouldNotBe(Status.Duplicate); // forgotten: a command like any other
        _market.Do(Alice, TraderCommand.Feed("t1", 1)).Status.ShouldNotBe(Status.Duplicate);
    }

    [Fact]
    public void How_many_are_remembered_is_of_the_rules()
    {
        var market = Running(Quiet with { Traders = new TraderRules { RememberedAnswers = 2 } });
        market.Join(Alice);
        for (var i = 1; i <= 3; i++) { market.Do(Alice, TraderCommand.Feed($"t{i}", 1)); }
        market.Do(Alice, TraderCommand.Feed("t2", 1)).Status.ShouldBe(Status.Duplicate);
        market.Do(Alice, TraderCommand.Feed("t1", 1)).Status.ShouldBe(Status.Accepted);
    }

    [Fact]
    public void Answers_are_remembered_across_a_crash()
    {
        var first = _market.Do(Alice, TraderCommand.Invest("t1", Coins.Whole(2)));
        var refused = _market.Do(Alice, TraderCommand.Buy("t2", 500));
        var again = _market.Restarted();
        again.Do(Alice, TraderCommand.Invest("t1", Coins.Whole(2))).ShouldBe(first with { Status = Status.Duplicate, First = Status.Accepted });
        again.Do(Alice, TraderCommand.Buy("t2", 500)).ShouldBe(refused with { Status = Status.Duplicate, First = Status.InsufficientCoins });
        again.Do(Alice, TraderCommand.Buy("t2", 1)).Status.ShouldBe(Status.TxnIdReused);
    }
}
