using Market.Node.Config;

namespace Market.Node.Tests.Telemetry;

/// <summary>A collector that is not there.</summary>
public sealed class CollectorTests
{
    [Fact]
    public async Task Orders_that_are_followed_are_answered_though_nobody_collects()
    {
        await using var node = await NodeFixture.StartAsync(options => options with { Telemetry = new TelemetryOptions(new Uri("http://127.0.0.1:9/"), Sample: 1) });
        var alice = await node.JoinAsync("alice");
        for (var i = 0; i < 3_000; i++) // more than wait for the collector
        {
            (await node.CommandAsync(alice, $$"""{"txnId":"{{i}}","type":"FEED","monkeys":1}"""))["status"].GetString().ShouldBe(i < 5 ? "ACCEPTED" : "INSUFFICIENT_SHARES");
        }
    }
}
