using System.Globalization;

namespace Market.Node.Tests.Telemetry;

/// <summary>What the process tells of itself.</summary>
public sealed class ProcessMetricsTests(SharedNode shared) : IClassFixture<SharedNode>
{
    [Theory]
    [InlineData("monkonomy_connections", 1)]
    [InlineData("monkonomy_process_memory_bytes", 10_000_000)]
    [InlineData("monkonomy_process_threads", 1)]
    [InlineData("monkonomy_process_cpu_seconds_total", 0.01)]
    [InlineData("monkonomy_gc_heap_bytes", 100_000)]
    [InlineData("monkonomy_gc_pause_seconds_total", 0)]
    [InlineData("monkonomy_gc_collections_total{generation=\"0\"}", 0)]
    [InlineData("monkonomy_gc_collections_total{generation=\"2\"}", 0)]
    [InlineData("monkonomy_mailbox_deepest{market=\"banana\"}", 0)]
    public async Task Sample_is_there_and_likely(string sample, double atLeast)
    {
        (await ValueAsync(sample)).ShouldBeGreaterThanOrEqualTo(atLeast);
    }

    [Fact]
    public async Task WebSocket_is_a_connection_among_the_others()
    {
        await using var node = await NodeFixture.StartAsync();
        await using var first = await node.ConnectAsync();
        await using var second = await node.ConnectAsync();

        var text = (await node.GetAsync("/metrics")).Text;

        text.ShouldContain("\nmonkonomy_websocket_connections 2\n");
        text.ShouldContain("\nmonkonomy_connections 3\n");
    }

    private async Task<double> ValueAsync(string sample)
    {
        var lines = (await shared.Node.GetAsync("/metrics")).Text.Split('\n').Where(line => line.StartsWith($"{sample} ", StringComparison.Ordinal));
        return double.Parse(lines.ShouldHaveSingleItem()[(sample.Length + 1)..], CultureInfo.InvariantCulture);
    }
}
