using Market.Actors.Answers;
using Market.Actors.Bots;
using Market.Protocol.Messages;
using Market.Protocol.Values;

namespace Market.Actors.Tests.Bots;

public class PlayerTests : IClerk, IBot
{
    private static readonly TraderState Start = TraderState.Initial(default);

    private readonly Player _player;
    private readonly List<(TraderCommand Command, long Number)> _sent = [];
    private readonly List<string> _posted = [];
    private readonly List<Result> _told = [];
    private bool _open = true;

    public PlayerTests()
    {
        _player = new Player(this, new TraderKey("DRILL", "Momo-bot"), "17", 1_000, this);
        _player.Seated(Start);
        Price(1, second: 0);
    }

    private IDesk Desk => _player.Desk;

    [Fact]
    public void TxnIds_hold_name_start_and_number()
    {
        Desk.Buy(1);
        Desk.Sell(2);
        Desk.Invest(Coins.Whole(1));
        Desk.Feed(3);
        _sent.Select(sent => sent.Command).ShouldBe([
            TraderCommand.Buy("Momo-bot-17-1", 1), TraderCommand.Sell("Momo-bot-17-2", 2),
            TraderCommand.Invest("Momo-bot-17-3", Coins.Whole(1)), TraderCommand.Feed("Momo-bot-17-4", 3)]);
    }

    [Fact]
    public void The_longest_name_and_start_make_a_txnId_that_is_not_too_long()
    {
        var player = new Player(this, new TraderKey("DRILL", new string('n', TraderKey.MaxLength)), new string('9', 40), 1_000, this);
        player.Desk.Buy(1);
        (_sent[0].Command.TxnId.Length + 18).ShouldBeLessThanOrEqualTo(TraderCommand.MaxTxnIdLength, "18 digits more of the number");
    }

    [Theory]
    [InlineData(0)]
    [InlineData(-1)]
    [InlineData(long.MinValue)]
    public void An_amount_under_one_sends_nothing(long amount)
    {
        new[] { Desk.Buy(amount), Desk.Sell(amount), Desk.Feed(amount), Desk.Invest(new Coins(amount)) }.ShouldAllBe(sent => !sent);
        _sent.ShouldBeEmpty();
    }

    [Fact]
    public void What_is_not_answered_is_not_free()
    {
        Price(1.5, second: 1);
        Desk.Buy(2);
        Desk.Invest(Coins.Whole(4));
        Desk.Feed(1);
        Desk.Sell(3);
        (Desk.FreeCoins, Desk.FreeShares, Desk.Unanswered).ShouldBe((Coins.Whole(3), 1, 4));
        Desk.State.ShouldBe(Start);
    }

    [Fact]
    public void An_answer_frees_what_was_held_and_brings_the_state()
    {
        Desk.Buy(2);
        var after = Start with { Coins = Coins.Whole(8), Shares = 7 };
        _player.Answered(1, Answer(1, Status.Accepted), after);
        (Desk.State, Desk.FreeCoins, Desk.FreeShares, Desk.Unanswered).ShouldBe((after, Coins.Whole(8), 7, 0));
        _told.ShouldBe([Answer(1, Status.Accepted)]);
    }

    [Theory]
    [InlineData(long.MaxValue)]
    [InlineData(1_001)]
    public void An_order_beyond_all_means_holds_no_more_than_there_is(long shares)
    {
        Desk.Buy(shares).ShouldBeTrue();
        Desk.Sell(shares).ShouldBeTrue();
        (Desk.FreeCoins, Desk.FreeShares).ShouldBe((Coins.Zero, 0));
        _player.Answered(1, Answer(1, Status.OrderTooLarge), Start);
        _player.Answered(2, Answer(2, Status.OrderTooLarge), Start);
        (Desk.FreeCoins, Desk.FreeShares).ShouldBe((Coins.Whole(10), 5));
    }

    [Fact]
    public void An_answer_that_came_before_is_passed_over()
    {
        Desk.Buy(2);
        _player.Answered(1, Answer(1, Status.Accepted), Start);
        _player.Answered(1, Answer(1, Status.Accepted), default);
        _told.Count.ShouldBe(1);
        Desk.State.ShouldBe(Start);
    }

    [Fact]
    public void No_more_than_eight_commands_wait_for_answers()
    {
        for (var i = 0; i < Actors.Bots.Desk.MaxUnanswered; i++) { Desk.Sell(1).ShouldBeTrue(); }
        Desk.Sell(1).ShouldBeFalse();
        _player.Answered(1, Answer(1, Status.Accepted), Start);
        Desk.Sell(1).ShouldBeTrue();
    }

    [Fact]
    public void What_could_not_be_sent_holds_nothing_and_its_txnId_is_not_used_again()
    {
        _open = false;
        Desk.Buy(1).ShouldBeFalse();
        (Desk.FreeCoins, Desk.Unanswered).ShouldBe((Coins.Whole(10), 0));
        _open = true;
        Desk.Sell(1).ShouldBeTrue();
        _sent.Single().Command.TxnId.ShouldBe("Momo-bot-17-2");
    }

    [Fact]
    public void What_could_not_be_answered_is_sent_again_as_it_was_and_nothing_new_before_it()
    {
        Desk.Buy(1);
        Desk.Feed(1);
        _player.Failed(1, FailureKind.JournalUnavailable);
        _player.OwesCommands.ShouldBeTrue();
        Desk.Sell(1).ShouldBeFalse();
        _open = false;
        _player.SendAgain();
        _player.OwesCommands.ShouldBeTrue();
        _open = true;
        _player.SendAgain();
        _sent.Select(sent => sent.Command.TxnId).ShouldBe(["Momo-bot-17-1", "Momo-bot-17-2", "Momo-bot-17-1"]);
        _sent[2].ShouldBe(_sent[0]);
        _player.OwesCommands.ShouldBeFalse();
        Desk.Sell(1).ShouldBeTrue();
    }

    [Fact]
    public void A_command_that_failed_by_itself_is_given_up()
    {
        Desk.Buy(1);
        _player.Failed(1, FailureKind.Fault);
        (_player.OwesCommands, Desk.Unanswered, Desk.FreeCoins).ShouldBe((false, 0, Coins.Whole(10)));
    }

    [Fact]
    public void A_duplicate_is_told_as_its_first_answer()
    {
        Desk.Buy(1);
        _player.Answered(1, Answer(1, Status.Duplicate) with { First = Status.InsufficientCoins }, Start);
        _told.Single().Status.ShouldBe(Status.InsufficientCoins);
    }

    [Fact]
    public void News_bring_the_state_too()
    {
        var after = Start with { Coins = Coins.Whole(12) };
        _player.Told(new Result { TxnId = "x", Type = ResultType.Return, Status = Status.Accepted, Amount = Coins.Whole(2) }, after);
        Desk.State.ShouldBe(after);
        _told.Single().Type.ShouldBe(ResultType.Return);
    }

    [Fact]
    public void Gibbs_keep_ten_seconds_apart()
    {
        Desk.Gibb("one").ShouldBeTrue();
        Price(1, second: 9);
        Desk.Gibb("two").ShouldBeFalse();
        Price(1, second: 10);
        Desk.Gibb("three").ShouldBeTrue();
        _posted.ShouldBe(["one", "three"]);
    }

    [Fact]
    public void A_gibb_that_is_none_or_cannot_be_posted_is_not_and_does_not_count()
    {
        Desk.Gibb("").ShouldBeFalse();
        Desk.Gibb("  ").ShouldBeFalse();
        Desk.Gibb(new string('b', Gibb.MaxTextLength + 1)).ShouldBeFalse();
        _open = false;
        Desk.Gibb("one").ShouldBeFalse();
        _open = true;
        Desk.Gibb(new string('b', Gibb.MaxTextLength)).ShouldBeTrue();
    }

    void IBot.Priced(in PriceTick tick, IDesk desk)
    {
    }

    void IBot.Told(in Result result, IDesk desk) => _told.Add(result);

    bool IClerk.TrySend(in TraderCommand command, long number)
    {
        if (_open) { _sent.Add((command, number)); }
        return _open;
    }

    bool IClerk.TryPost(string text)
    {
        if (_open) { _posted.Add(text); }
        return _open;
    }

    private static Result Answer(long number, Status status) => new() { TxnId = $"Momo-bot-17-{number}", Type = ResultType.Market, Status = status };

    private void Price(double price, long second) =>
        _player.Priced(PriceTick.BeforeTheFirst(new Timestamp(second * 1_000)) with { Seq = second + 1, Price = Coins.Nearest(price) });
}
