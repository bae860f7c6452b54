using System.Net;

namespace Market.Servers.Tests.Cluster;

/// <summary>The third node's lines stall and are mended: what was on them arrives late, and must not be done late.</summary>
[Collection(nameof(ThreeNodes))]
public sealed class HeldUpTests(ThreeNodes three)
{
    private const string Sell = """{"txnId":"held-up","type":"SELL","shares":1}""";

    [SkippableFact]
    public async Task What_a_doors_line_held_up_its_shard_refuses()
    {
        await three.WholeAsync();
        using var bot = await Bot.JoinAsync(three.Doors[2], NameOf(shardOn: 0, "late"));

        three.ToBroker.Stall();
        var late = bot.TryAsync(Sell, three.Doors[2]);
        var status = (await bot.DoAsync(Sell, three.Doors[0])).GetProperty("status").GetString();
        await three.Watcher.HearAsync("node-1", 12); // six seconds; the broker waits ten
        three.ToBroker.Mend();

        (await late).ShouldBeNull();
        bot.LastRefusal.Code.ShouldBe(HttpStatusCode.ServiceUnavailable);
        bot.LastRefusal.Body.ShouldContain("under way for too long");
        status.ShouldBe("ACCEPTED");
        await three.WholeAsync();
        (await bot.StateAsync(three.Doors[0])).GetProperty("shares").GetInt32().ShouldBe(4);
    }

    [SkippableFact]
    public async Task A_node_whose_database_hangs_goes_on_as_a_door_and_says_that_its_shards_do_not()
    {
        await three.WholeAsync();
        using var bot = await Bot.JoinAsync(three.Doors[2], NameOf(shardOn: 0, "door"));

        three.ToDatabase.Stall();
        var asked = 0;
        for (; three.Watcher.Last("node-3") is not { IsAble: false }; asked++)
        {
            (await bot.TryAsync($$"""{"txnId":"{{asked}}","type":"FEED","monkeys":1}""", three.Doors[2])).ShouldNotBeNull(bot.LastRefusal.Body);
        }
        await three.EvenAsync("node-1", "node-2");
        three.ToDatabase.Mend();

        await three.WholeAsync();
        asked.ShouldBeGreaterThan(0);
    }

    /// <summary>A trader's name whose shard this node owns now.</summary>
    private string NameOf(int shardOn, string name) =>
        Enumerable.Range(0, 10_000).Select(i => $"{name}-{i}").First(trader => three.OwnerOf(ThreeNodes.ShardOf(trader)) == three.Nodes[shardOn]);
}
