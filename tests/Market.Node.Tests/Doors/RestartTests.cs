using System.Text.Json;
using Market.Node.Config;

namespace Market.Node.Tests.Doors;

/// <summary>A node that stopped and started again on its folder, as its clients see it.</summary>
public sealed class RestartTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("monkonomy-restart").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Theory]
    [InlineData(1)]
    [InlineData(7)]
    [InlineData(1_000_000)]
    public async Task All_is_as_it_was_whatever_snapshots_were_kept(long snapshotEvery)
    {
        NodeOptions Change(NodeOptions options) => options.WithMango() with { SnapshotEvery = snapshotEvery };
        JoinedTrader alice;
        string[] before;
        await using (var node = await NodeFixture.StartAsync(_folder, Change))
        {
            alice = await PlayAsync(node);
            before = await SeenAsync(node, alice);
        }

        await using var again = await NodeFixture.StartAsync(_folder, Change);

        (await SeenAsync(again, alice)).ShouldBe(before);
        await ShouldGoOnAsync(again, alice);
    }

    [Fact]
    public async Task Copy_of_a_live_nodes_journal_without_any_snapshot_gives_the_same()
    {
        var copy = Directory.CreateDirectory(Path.Combine(_folder, "copy")).FullName;
        await using var node = await NodeFixture.StartAsync(options => options.WithMango());
        var alice = await PlayAsync(node);
        var before = await SeenAsync(node, alice);
        foreach (var file in Directory.EnumerateFiles(node.Folder).Where(file => Path.GetExtension(file) is not ".lock" && !file.EndsWith("-shm", StringComparison.Ordinal)))
        {
            File.Copy(file, Path.Combine(copy, Path.GetFileName(file)));
        }

        await using var twin = await NodeFixture.StartAsync(copy, options => options.WithMango());

        (await SeenAsync(twin, alice)).ShouldBe(before);
        await ShouldGoOnAsync(twin, alice);
    }

    [Fact]
    public async Task Paused_and_ended_markets_stay_so()
    {
        await using (var node = await NodeFixture.StartAsync(_folder, options => options.WithMango()))
        {
            await node.AdminAsync("pause");
            await node.AdminAsync("end", "mango");
        }

        await using var again = await NodeFixture.StartAsync(_folder, options => options.WithMango());

        (await again.GetAsync("/api/markets/banana")).Json.Text("status").ShouldBe("paused");
        (await again.GetAsync("/api/markets/mango")).Json.Text("status").ShouldBe("ended");
        (await again.AdminAsync("resume")).Status.ShouldBe(200);
        (await again.AdminAsync("resume", "mango")).ShouldBeProblem(409, null, "WRONG_STATUS");
    }

    [Fact]
    public async Task Investment_that_was_out_comes_home_after_the_restart_and_once()
    {
        JoinedTrader alice;
        NodeOptions Slow(NodeOptions options) => options.WithRules(rules => rules with { Plantation = rules.Plantation with { WaitMsPerCoin = 60_000, LongestWaitMs = 60_000 } });
        await using (var node = await NodeFixture.StartAsync(_folder, Slow))
        {
            alice = await node.JoinAsync("alice");
            (await node.CommandAsync(alice, Commands.Invest("i", 5m))).ShouldBeAnswered(0, "ACCEPTED");
        }

        await using var again = await NodeFixture.StartAsync(_folder, Slow);
        await using var socket = await again.ConnectAsync();
        (await socket.HelloAsync(alice, "result")).GetProperty("state").Whole("inFlightInvestments").ShouldBe(1);
        await again.AdminAsync("end"); // what is still out when a market ends comes home at once

        var returned = await socket.NextAsync("result");
        (returned.Text("type"), returned.GetProperty("state").Whole("inFlightInvestments")).ShouldBe(("RETURN", 0));
        (await again.GetAsync($"{alice.Path}/events")).Json.EnumerateArray().Count(it => it.Text("type") == "RETURNED").ShouldBe(1);
    }

    private static async Task<JoinedTrader> PlayAsync(NodeFixture node)
    {
        var alice = await node.JoinAsync("alice \"<🍌>\"");
        var bob = await node.JoinAsync("bob", "DRILL");
        await node.CommandAsync(await node.JoinAsync("mia", market: "mango"), Commands.Feed("m", 3));
        await node.CommandAsync(alice, Commands.Array(Commands.Buy("b", 2), Commands.Feed("f", 3), Commands.Sell("s", 99)));
        await node.CommandAsync(bob, Commands.Array(Enumerable.Range(0, 300).Select(i => Commands.Sell($"t{i}", 99)).Prepend(Commands.Feed("f", 1))));
        foreach (var text in new[] { "buy banana", "buy banana", "off topic", "#mktd" }) { await node.GibbAsync("ada", text); }
        await node.AdminAsync("pause"); // so that nothing moves between two looks
        return alice;
    }

    /// <summary>Everything a client can see, but for the times at which it looked.</summary>
    private static async Task<string[]> SeenAsync(NodeFixture node, JoinedTrader trader)
    {
        var paths = new[] { trader.Path, $"{trader.Path}/events", "/api/markets/banana/traders/DRILL/bob/events?limit=1000" }
            .Concat(new[] { "banana", "mango" }.SelectMany(market => new[] { "prices", "gibbs", "board?limit=77" }.Select(what => $"/api/markets/{market}/{what}")));
        var seen = new List<string>();
        foreach (var path in paths)
        {
            var json = (await node.GetAsync(path)).Json;
            seen.Add(path.Contains("/board", StringComparison.Ordinal) ? Standings(json) : json.GetRawText());
        }
        return [.. seen];
    }

    private static string Standings(JsonElement board) => board.GetProperty("teams").GetRawText() + board.GetProperty("traders").GetRawText();

    private static async Task ShouldGoOnAsync(NodeFixture node, JoinedTrader alice)
    {
        await node.AdminAsync("resume");
        (await node.CommandAsync(alice, Commands.Buy("b", 2))).ShouldBeAnswered(20, "DUPLICATE").GetProperty("state").Coins().ShouldBe(8m);
        (await node.CommandAsync(alice, Commands.Sell("s", 99))).ShouldBeAnswered(20, "DUPLICATE").Text("first").ShouldBe("INSUFFICIENT_SHARES");
        (await node.CommandAsync(alice, Commands.Buy("f", 2))).ShouldBeAnswered(21, "TXN_ID_REUSED");
        (await node.CommandAsync(alice, Commands.Feed("new", 1))).ShouldBeAnswered(0, "ACCEPTED").GetProperty("state").Whole("score").ShouldBe(4);
        (await node.PostAsync("/api/markets/banana/traders", """{"team":"DRILL","name":"bob"}""")).ShouldBeProblem(409, null, "TAKEN");
        (await node.GibbAsync("ada", "buy banana")).Json.Text("reason").ShouldBe("REPEATED");
    }
}
