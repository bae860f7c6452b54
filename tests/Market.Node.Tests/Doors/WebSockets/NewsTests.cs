using Market.Protocol.Values;

namespace Market.Node.Tests.Doors.WebSockets;

/// <summary>What is told without having been asked.</summary>
public sealed class NewsTests
{
    [Fact]
    public async Task Prices_come_one_after_the_other()
    {
        await using var node = await NodeFixture.StartAsync(options => options.WithTick(10));
        await using var socket = await node.ConnectAsync();
        await socket.WatchAsync("price");

        var first = (await socket.NextAsync("price")).Whole("seq");
        for (var i = 1; i < 30; i++)
        {
            var price = await socket.NextAsync("price");
            price.Whole("seq").ShouldBe(first + i);
            price.Text("market").ShouldBe("banana");
        }
        socket.Keys.Distinct().ShouldBe(["welcome", "price"]);
    }

    [Fact]
    public async Task Gibbs_and_boards_come_to_those_who_subscribed()
    {
        await using var node = await NodeFixture.StartAsync();
        await using var socket = await node.ConnectAsync();
        await socket.WatchAsync("board", "gibb");
        await using var deaf = await node.ConnectAsync(await node.JoinAsync("deaf"), []);

        (await socket.NextAsync("board")).GetProperty("final").GetBoolean().ShouldBeFalse();
        await node.GibbAsync("ada", "buy banana");
        var gibb = await socket.NextAsync("gibb");
        (gibb.Text("author"), gibb.Whole("points")).ShouldBe(("ada", 1));
        await node.CommandAsync(await node.JoinAsync("alice"), Commands.Feed("f", 4));
        var board = await socket.NextAsync("board");
        while (board.GetProperty("traders").GetArrayLength() < 2 || board.GetProperty("traders")[0].Whole("score") < 4) { board = await socket.NextAsync("board"); }
        board.GetProperty("traders")[0].Text("name").ShouldBe("alice");
        (await deaf.AskAsync(Commands.Feed("f", 1))).ShouldBeAnswered(0, "ACCEPTED");
        deaf.Keys.ShouldBe(["welcome", "result"]);
    }

    [Fact]
    public async Task Return_is_pushed_as_a_result_with_its_amount_to_all_connections_of_the_trader()
    {
        await using var node = await NodeFixture.StartAsync();
        var trader = await node.JoinAsync("alice");
        await using var asking = await node.ConnectAsync(trader, "result");
        await using var listening = await node.ConnectAsync(trader, "result");
        await using var stranger = await node.ConnectAsync(await node.JoinAsync("bob"), "result");

        (await asking.AskAsync(Commands.Invest("i", 4m))).ShouldBeAnswered(0, "ACCEPTED").GetProperty("state").Whole("inFlightInvestments").ShouldBe(1);

        foreach (var socket in new[] { asking, listening })
        {
            var returned = (await socket.NextAsync("result")).ShouldBeAnswered(0, "ACCEPTED");
            (returned.Text("type"), returned.Text("txnId")).ShouldBe(("RETURN", "i"));
            returned.Coins("amount").ShouldBeInRange(4m, 4.6m);
            returned.GetProperty("state").Coins().ShouldBe(6m + returned.Coins("amount"));
            returned.GetProperty("state").Whole("inFlightInvestments").ShouldBe(0);
        }
        await stranger.AskAsync(Commands.Buy("b", 1));
        stranger.Keys.ShouldBe(["welcome", "result"]);
    }

    [Fact]
    public async Task Bailout_is_pushed_after_the_answer_that_caused_it()
    {
        await using var node = await NodeFixture.StartAsync();
        await using var socket = await node.ConnectAsync(await node.JoinAsync("alice"), "result");
        await socket.AskAsync(Commands.Buy("b", 7));

        var answer = (await socket.AskAsync(Commands.Feed("f", 12))).ShouldBeAnswered(0, "ACCEPTED");
        var bailout = (await socket.NextAsync("result")).ShouldBeAnswered(0, "ACCEPTED");

        answer.Text("type").ShouldBe("FEED");
        (bailout.Text("type"), bailout.Text("txnId"), bailout.Coins("amount")).ShouldBe(("BAILOUT", "f", 10m));
        bailout.GetProperty("state").GetRawText().ShouldBe(answer.GetProperty("state").GetRawText());
    }

    [Fact]
    public async Task Last_investment_that_comes_home_poor_is_pushed_as_return_and_then_bailout()
    {
        await using var node = await NodeFixture.StartAsync(options => options.WithRules(rules => rules with
        {
            Plantation = rules.Plantation with { HighestMultiplier = 0.1, WaitMsPerCoin = 1_000, LongestWaitMs = 100 },
        }));
        await using var socket = await node.ConnectAsync(await node.JoinAsync("alice"), "result");
        await socket.SendAsync(Commands.Array(Commands.Invest("i", 10m), Commands.Feed("f", 5)));

        (await socket.NextAsync("results")).EnumerateArray().ShouldAllBe(result => result.Whole("code") == 0);
        var (returned, bailout) = (await socket.NextAsync("result"), await socket.NextAsync("result"));
        (returned.Text("type"), returned.Coins("amount")).ShouldBe(("RETURN", 1m));
        (bailout.Text("type"), bailout.Text("txnId")).ShouldBe(("BAILOUT", "i"));
        bailout.GetProperty("state").Coins().ShouldBe(11m);
        bailout.GetProperty("state").Whole("shares").ShouldBe(5);
    }

    [Fact]
    public async Task Coins_have_at_most_six_decimals()
    {
        await using var node = await NodeFixture.StartAsync(options => options.WithTick(10));
        await using var socket = await node.ConnectAsync();
        await socket.WatchAsync("price");

        for (var i = 0; i < 20; i++)
        {
            var text = (await socket.NextAsync("price")).GetProperty("coins").GetRawText();
            CoinsText.TryRead(System.Text.Encoding.UTF8.GetBytes(text), out _).ShouldBeTrue();
            (text.Contains('.') ? text.Length - text.IndexOf('.') - 1 : 0).ShouldBeLessThanOrEqualTo(6);
        }
    }
}
