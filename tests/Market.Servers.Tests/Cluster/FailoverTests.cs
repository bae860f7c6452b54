using System.Net;
using System.Text;
using Market.Node.Cluster;
using Market.Servers.Tests.Servers;
using RabbitMQ.Client;

namespace Market.Servers.Tests.Cluster;

/// <summary>What is done to a cluster costs time and nothing else. Each test hurts it under load, and then asks again for every answer that was given.</summary>
[Collection(nameof(ThreeNodes))]
public sealed class FailoverTests(ThreeNodes three)
{
    [SkippableFact]
    public async Task A_killed_nodes_shards_are_served_by_the_others_and_it_comes_back()
    {
        await three.WholeAsync();
        await using var load = await Load.StartAsync("killed", three.Doors[..2]);

        three.Nodes[2].Kill();
        await load.AllAnsweredAnewAsync();
        await three.EvenAsync("node-1", "node-2");
        three.Nodes[2].Start();
        await three.WholeAsync();

        await load.EndAsync();
    }

    [SkippableFact]
    public async Task A_node_that_leaves_hands_its_shards_over_and_nobody_is_refused()
    {
        await three.WholeAsync();
        await using var load = await Load.StartAsync("left", three.Doors[..2]);

        three.Nodes[2].Stop();
        await three.EvenAsync("node-1", "node-2");
        await load.AllAnsweredAnewAsync();
        three.Nodes[2].Start();
        await three.WholeAsync();

        await load.EndAsync();
        load.Refusals.ShouldBeEmpty();
        load.Repeats.ShouldBe(0);
    }

    [SkippableFact]
    public async Task A_frozen_node_that_goes_on_does_no_harm()
    {
        await three.WholeAsync();
        await using var load = await Load.StartAsync("frozen", three.Doors[..2]);

        three.Nodes[2].Freeze();
        await three.EvenAsync("node-1", "node-2");
        await load.AllAnsweredAnewAsync();
        three.Nodes[2].GoOn();
        await three.WholeAsync();

        await load.EndAsync();
    }

    [SkippableFact]
    public async Task While_the_broker_is_gone_doors_say_so_and_go_on_when_it_is_back()
    {
        await three.WholeAsync();
        await using var load = await Load.StartAsync("brokerless", three.Doors);

        three.Broker.Kill();
        foreach (var door in three.Doors) { await Eventually.TrueAsync(async () => (await Looks.ReadyAsync(door)).Code == 503); }
        three.Broker.Start();
        await three.WatchAgainAsync();
        await load.AllAnsweredAnewAsync();

        await load.EndAsync();
        load.Refusals.ShouldContain(refusal => refusal.Code == HttpStatusCode.ServiceUnavailable && refusal.Body.Contains("same txnId", StringComparison.Ordinal));
    }

    [SkippableFact]
    public async Task While_the_database_is_gone_nothing_is_promised_and_all_goes_on_when_it_is_back()
    {
        await three.WholeAsync();
        await using var load = await Load.StartAsync("baseless", three.Doors);

        three.Database.Kill();
        await Eventually.TrueAsync(async () => (await Looks.ReadyAsync(three.Doors[0])).Code == 503);
        three.Database.Start();
        await load.AllAnsweredAnewAsync();
        await three.WholeAsync();

        await load.EndAsync();
    }

    [SkippableFact]
    public async Task Mail_that_nobody_can_read_is_set_aside_and_stops_nobody()
    {
        await three.WholeAsync();
        var topology = new Topology(ThreeNodes.Cluster);
        await using var connection = await new ConnectionFactory { Uri = three.Broker.Address() }.CreateConnectionAsync();
        await using var channel = await connection.CreateChannelAsync();
        var before = await channel.MessageCountAsync(topology.Rejects);

        foreach (var shard in ThreeNodes.Shards) { await channel.BasicPublishAsync("", topology.ShardQueue(shard), Encoding.UTF8.GetBytes("poison")); }
        await Eventually.TrueAsync(async () => await channel.MessageCountAsync(topology.Rejects) == before + ThreeNodes.Shards.Count);

        await using var load = await Load.StartAsync("poisoned", three.Doors);
        await load.AllAnsweredAnewAsync();
        await load.EndAsync();
        load.Refusals.ShouldBeEmpty();
        load.Repeats.ShouldBe(0);
    }
}
