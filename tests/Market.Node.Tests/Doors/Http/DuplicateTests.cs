namespace Market.Node.Tests.Doors.Http;

/// <summary>The same txnId again: the first answer, and no second effect.</summary>
public sealed class DuplicateTests(SharedNode shared) : IClassFixture<SharedNode>
{
    private readonly NodeFixture _node = shared.Node;

    [Fact]
    public async Task Duplicate_carries_the_state_and_price_of_then()
    {
        var trader = await shared.JoinAsync();
        var first = (await _node.CommandAsync(trader, Commands.Buy("t1", 3))).Json;
        await _node.CommandAsync(trader, Commands.Feed("t2", 1));

        var again = (await _node.CommandAsync(trader, Commands.Buy("t1", 3))).ShouldBeAnswered(20, "DUPLICATE");

        again.Text("first").ShouldBe("ACCEPTED");
        again.GetProperty("price").GetRawText().ShouldBe(first.GetProperty("price").GetRawText());
        again.GetProperty("state").GetRawText().ShouldBe(first.GetProperty("state").GetRawText());
        (await _node.StateAsync(trader)).Whole("shares").ShouldBe(7);
    }

    [Fact]
    public async Task Duplicate_of_a_refusal_names_the_refusal_though_it_would_now_be_accepted()
    {
        var trader = await shared.JoinAsync();
        (await _node.CommandAsync(trader, Commands.Sell("t1", 6))).ShouldBeAnswered(32, "INSUFFICIENT_SHARES");
        await _node.CommandAsync(trader, Commands.Buy("t2", 1));

        (await _node.CommandAsync(trader, Commands.Sell("t1", 6))).ShouldBeAnswered(20, "DUPLICATE").Text("first").ShouldBe("INSUFFICIENT_SHARES");
    }

    [Fact]
    public async Task Another_command_under_an_answered_txnId_is_TXN_ID_REUSED()
    {
        var trader = await shared.JoinAsync();
        await _node.CommandAsync(trader, Commands.Buy("t1", 3));

        foreach (var other in new[] { Commands.Buy("t1", 2), Commands.Sell("t1", 3), Commands.Feed("t1", 3), Commands.Invest("t1", 3) })
        {
            (await _node.CommandAsync(trader, other)).ShouldBeAnswered(21, "TXN_ID_REUSED").Has("first").ShouldBeFalse();
        }
        (await _node.StateAsync(trader)).Whole("shares").ShouldBe(8);
    }

    [Fact]
    public async Task What_was_never_decided_is_not_remembered()
    {
        var trader = await shared.JoinAsync();

        (await _node.CommandAsync(trader, """{"txnId":"t1","type":"BUY","shares":0}""")).ShouldBeProblem(400, 10, "MALFORMED");

        (await _node.CommandAsync(trader, Commands.Buy("t1", 1))).ShouldBeAnswered(0, "ACCEPTED");
    }

    [Fact]
    public async Task Two_traders_may_use_the_same_txnId()
    {
        (await _node.CommandAsync(await shared.JoinAsync(), Commands.Buy("same", 1))).ShouldBeAnswered(0, "ACCEPTED");
        (await _node.CommandAsync(await shared.JoinAsync(), Commands.Buy("same", 1))).ShouldBeAnswered(0, "ACCEPTED");
    }

    [Fact]
    public async Task The_last_256_answers_are_remembered_and_older_ones_forgotten()
    {
        var trader = await shared.JoinAsync();
        await _node.CommandAsync(trader, Commands.Feed("first", 1));
        var refusals = Enumerable.Range(0, 255).Select(i => Commands.Sell($"r{i}", 999));
        await _node.CommandAsync(trader, Commands.Array(refusals));

        (await _node.CommandAsync(trader, Commands.Feed("first", 1))).ShouldBeAnswered(20, "DUPLICATE");
        await _node.CommandAsync(trader, Commands.Sell("one-more", 999));
        (await _node.CommandAsync(trader, Commands.Feed("first", 1))).ShouldBeAnswered(0, "ACCEPTED");
    }

    [Fact]
    public async Task Duplicates_inside_one_array_are_told_in_their_places()
    {
        var trader = await shared.JoinAsync();

        var results = (await _node.CommandAsync(trader, Commands.Array(Commands.Buy("a", 1), Commands.Buy("a", 1), Commands.Buy("a", 2)))).Json;

        results[0].ShouldBeAnswered(0, "ACCEPTED");
        results[1].ShouldBeAnswered(20, "DUPLICATE");
        results[2].ShouldBeAnswered(21, "TXN_ID_REUSED");
    }
}
