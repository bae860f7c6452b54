using System.Text;

namespace Market.Servers.Tests.Cluster;

/// <summary>One order's way, from a door to the owner of its trader and back.</summary>
[Collection(nameof(ThreeNodes))]
public sealed class TraceTests(ThreeNodes three)
{
    [SkippableFact]
    public async Task One_trace_follows_an_order_from_the_door_over_the_broker_to_its_shard()
    {
        await three.WholeAsync();
        using var bot = await Bot.JoinAsync(three.Doors[0], "followed");
        var owner = three.OwnerOf(ThreeNodes.ShardOf(bot.Name));
        var door = three.Nodes.First(node => node != owner);
        const string Trace = "0af7651916cd43dd8448eb211c80319c";
        const string Caller = "b7ad6b7169203331";

        using var http = new HttpClient();
        using var request = new HttpRequestMessage(HttpMethod.Post, new Uri(door.Address, "api/markets/banana/commands"))
        {
            Content = new StringContent("""{"txnId":"t","type":"FEED","monkeys":1}""", Encoding.UTF8, "application/json"),
            Headers = { { "Authorization", $"Bearer {bot.Token}" }, { "traceparent", $"00-{Trace}-{Caller}-01" } },
        };
        (await http.SendAsync(request)).EnsureSuccessStatusCode();

        var spans = await three.Collector.OfTraceAsync(Trace, 3);
        var shard = spans.Single(span => span.Name == "shard");
        var order = spans.Single(span => span.Id == shard.Parent);
        var server = spans.Single(span => span.Id == order.Parent);
        (shard.Node, order.Node, order.Name, server.Node, server.Parent).ShouldBe((owner.Name, door.Name, "order", door.Name, Caller));
    }
}
