using System.Text.Json;
using Market.Node.Cli.Pbm;

namespace Market.Node.Tests.Cli.Pbm;

public sealed class BusyMailboxTests
{
    private static readonly JsonElement[] Before = [Look("a", 1_000, ("/m/shard/0", 100, 0), ("/m/shard/1", 100, 0), ("/m/shard/2", 100, 0))];
    private static readonly JsonElement[] After = [Look("a", 3_000, ("/m/shard/0", 120, 50), ("/m/shard/1", 300, 60), ("/m/shard/2", 100, 1))];

    [Fact]
    public void Rates_are_by_the_nodes_own_time()
    {
        var busiest = BusyMailbox.Between(Before, After, TopOrder.Busiest).ToList();

        busiest.Select(row => (row.Path, row.EventsPerSecond)).ShouldBe([("/m/shard/1", 100.0), ("/m/shard/0", 10.0), ("/m/shard/2", 0.0)]);
        busiest.Select(row => row.WaitMs).ShouldBe([600, 5_000, null]);
    }

    [Fact]
    public void A_mailbox_that_does_not_move_is_the_slowest() =>
        BusyMailbox.Between(Before, After, TopOrder.Slowest).Select(row => row.Path).ShouldBe(["/m/shard/2", "/m/shard/0", "/m/shard/1"]);

    [Fact]
    public void The_fullest_has_the_most_waiting() =>
        BusyMailbox.Between(Before, After, TopOrder.Fullest).Select(row => row.Waiting).ShouldBe([60, 50, 1]);

    [Fact]
    public void A_shard_that_came_from_another_node_has_no_rate_yet() =>
        BusyMailbox.Between([Look("a", 0, ("/m/shard/0", 5, 0))], [Look("b", 1_000, ("/m/shard/0", 9, 0))], TopOrder.Busiest).ShouldBeEmpty();

    [Fact]
    public void The_tenth_shard_comes_after_the_ninth() =>
        ShardingVerbs.Sorted(Look("a", 0, ("/m/shard/10", 1, 0), ("/m/shard/9", 1, 0), ("/b/shard/11", 1, 0)).GetProperty("shards").EnumerateArray())
            .Select(shard => shard.GetProperty("path").GetString()).ShouldBe(["/b/shard/11", "/m/shard/9", "/m/shard/10"]);

    private static JsonElement Look(string node, long uptimeMs, params (string Path, long Sequence, int Waiting)[] shards) =>
        JsonSerializer.SerializeToElement(new { node, uptimeMs, shards = shards.Select(shard => new { path = shard.Path, node, sequence = shard.Sequence, waiting = shard.Waiting, traders = 0, actors = Array.Empty<string>() }) });
}
