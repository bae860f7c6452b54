using System.Text.Json;
using Market.Node.Tests.Cli;

namespace Market.Node.Tests.Doors.Http;

public sealed class BoardTests : IAsyncLifetime
{
    private NodeFixture _node = null!;

    public async Task InitializeAsync() => _node = await NodeFixture.StartAsync();

    public async Task DisposeAsync() => await _node.DisposeAsync();

    [Fact]
    public async Task Order_is_score_then_fewer_bailouts_then_team_and_name_and_equal_scores_share_a_rank()
    {
        await FeedAsync("zoe", "ALOUATE", 2);
        await FeedAsync("bob", "BONOBO", 5);
        await FeedAsync("ann", "DRILL", 2);
        await FeedAsync("amy", "ALOUATE", 2);
        var bailedOut = await FeedAsync("eve", "ALOUATE", 0);
        await BailOutAndFeedAsync(bailedOut, 22);

        var board = await BoardAsync();

        var rows = board.GetProperty("traders").EnumerateArray().ToList();
        rows.Select(row => row.Text("name")).ShouldBe(["bob", "amy", "zoe", "ann", "eve"]);
        rows.Select(row => row.Whole("score")).ShouldBe([5, 2, 2, 2, 2]);
        rows.Select(row => row.Whole("rank")).ShouldBe([1, 2, 2, 2, 2]);
        rows[4].Whole("bailouts").ShouldBe(1);
        rows[0].Has("coins").ShouldBeTrue();
        var teams = board.GetProperty("teams").EnumerateArray().ToList();
        teams.Select(team => team.Text("team")).ShouldBe(["BONOBO", "DRILL", "ALOUATE", "CAPUCIN", "SAGOUIN"], ignoreOrder: true);
        teams.Single(team => team.Text("team") == "ALOUATE").Whole("score").ShouldBe(6);
        teams.Single(team => team.Text("team") == "ALOUATE").Whole("traders").ShouldBe(3);
        teams.Select(team => team.Whole("score")).ShouldBeInOrder(SortDirection.Descending);
        teams.Single(team => team.Text("team") == "CAPUCIN").Whole("traders").ShouldBe(0);
    }

    [Fact]
    public async Task Limit_cuts_the_traders_but_not_the_teams_nor_their_sums()
    {
        for (var i = 0; i < 4; i++) { await FeedAsync($"t{i}", "BONOBO", i + 1); }

        var board = (await _node.GetAsync("/api/markets/banana/board?limit=2")).Json;

        board.GetProperty("traders").EnumerateArray().Select(row => row.Text("name")).ShouldBe(["t3", "t2"]);
        board.GetProperty("teams")[0].Whole("score").ShouldBe(10);
        (await _node.GetAsync("/api/markets/banana/board?limit=0")).Json.GetProperty("traders").GetArrayLength().ShouldBe(0);
        (await _node.GetAsync("/api/markets/banana/board?limit=-1")).ShouldBeProblem(400, 10, "MALFORMED").Text("detail").ShouldStartWith("limit");
    }

    [Fact]
    public async Task Board_is_final_once_the_market_ended_and_the_last_investment_is_home()
    {
        await using var node = await NodeFixture.StartAsync(options => options.WithRules(rules =>
            rules with { Plantation = rules.Plantation with { WaitMsPerCoin = 60_000, LongestWaitMs = 60_000 } }));
        var trader = await node.JoinAsync("alice");
        await node.CommandAsync(trader, Commands.Invest("i", 2m));
        (await node.GetAsync("/api/markets/banana/board")).Json.GetProperty("final").GetBoolean().ShouldBeFalse();

        await node.AdminAsync("end");

        JsonElement board = default;
        await Eventually.TrueAsync(async () =>
        {
            board = (await node.GetAsync("/api/markets/banana/board")).Json;
            return board.GetProperty("final").GetBoolean();
        });
        board.GetProperty("traders")[0].Whole("inFlightInvestments").ShouldBe(0);
        board.GetProperty("traders")[0].Coins().ShouldBeGreaterThan(8m);
        var state = await node.StateAsync(trader);
        state.Coins().ShouldBe(board.GetProperty("traders")[0].Coins());
    }

    private async Task<JoinedTrader> FeedAsync(string name, string team, int monkeys)
    {
        var trader = await _node.JoinAsync(name, team);
        if (monkeys > 0) { (await _node.CommandAsync(trader, Commands.Feed("f", monkeys))).ShouldBeAnswered(0, "ACCEPTED"); }
        return trader;
    }

    /// <summary>Spends all but 3 coins, feeds all shares, is bailed out, and feeds on until so many were fed.</summary>
    private async Task BailOutAndFeedAsync(JoinedTrader trader, long monkeys)
    {
        (await _node.CommandAsync(trader, Commands.Buy("b1", 10))).ShouldBeAnswered(0, "ACCEPTED");
        (await _node.CommandAsync(trader, Commands.Feed("f1", 15))).ShouldBeAnswered(0, "ACCEPTED").GetProperty("state").Whole("bailouts").ShouldBe(1);
        (await _node.CommandAsync(trader, Commands.Buy("b2", 3))).ShouldBeAnswered(0, "ACCEPTED");
        (await _node.CommandAsync(trader, Commands.Feed("f2", monkeys - 15))).ShouldBeAnswered(0, "ACCEPTED");
    }

    /// <summary>The board as soon as it shows the last deed; it may be a fifth of a second old.</summary>
    private async Task<JsonElement> BoardAsync()
    {
        JsonElement board = default;
        await Eventually.TrueAsync(async () =>
        {
            board = (await _node.GetAsync("/api/markets/banana/board")).Json;
            return board.GetProperty("traders").EnumerateArray().Any(row => row.Text("name") == "eve" && row.Whole("score") == 2);
        });
        return board;
    }
}
