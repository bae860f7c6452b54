using System.Text.Json;
using Market.Node.Cli;

namespace Market.Node.Tests.Cli;

public sealed class BenchVerbTests : IDisposable
{
    private readonly Shell _shell = new();

    public void Dispose() => _shell.Dispose();

    [Theory]
    [InlineData("ws", "--in-flight", "4", "--batch", "10")]
    [InlineData("ws", "--rate", "500")]
    [InlineData("http", "--rate", "200", "--traders", "8")]
    [InlineData("http", "--batch", "3")]
    public async Task Every_order_offered_to_a_real_node_is_answered_and_counted(string door, params string[] more)
    {
        await using var node = await NodeFixture.StartAsync();

        var ran = await _shell.RunAsync(["bench", "--node", node.Url.ToString(), "--door", door, "--connections", "4", "--seconds", "1", "--json", .. more]);

        ran.Exit.ShouldBe(ExitCode.Done, ran.All);
        var report = ran.Json.Single();
        report.GetProperty("unanswered").GetInt64().ShouldBe(0);
        report.GetProperty("statuses").EnumerateObject().Select(status => status.Name).ShouldBe(["ACCEPTED"]);
        var counted = report.GetProperty("statuses").GetProperty("ACCEPTED").GetInt64() > 0;
        (counted || report.GetProperty("fellBehind").GetBoolean()).ShouldBeTrue("nothing was counted, and the client does not say that it came too late");
        Latency(report, "p50").ShouldBeLessThanOrEqualTo(Latency(report, "max"));
        ran.Error.ShouldContain("orders/s");
    }

    [Fact]
    public async Task A_limit_that_was_reached_is_said_with_the_keys_that_raise_it()
    {
        await using var node = await NodeFixture.StartAsync(options => options.WithLimits(limits => limits with { CommandsPerSecond = 1, CommandBurst = 1 }));

        var ran = await _shell.RunAsync("bench", "--node", node.Url.ToString(), "--in-flight", "2", "--connections", "1", "--seconds", "1");

        ran.Exit.ShouldBe(ExitCode.Done, ran.All);
        ran.Out.ShouldContain("RATE_LIMITED");
        ran.Error.ShouldContain("limits.commands-per-second");
        ran.Error.ShouldContain("limits.command-burst");
    }

    [Fact]
    public async Task A_node_elsewhere_is_not_loaded_unless_that_is_confirmed()
    {
        var ran = await _shell.RunAsync("bench", "--node", "http://192.0.2.1:5080");

        ran.Exit.ShouldBe(ExitCode.WrongUsage);
        ran.Error.ShouldContain("--yes");
    }

    [Fact]
    public async Task A_rate_and_a_number_in_flight_exclude_each_other()
    {
        (await _shell.RunAsync("bench", "--rate", "10", "--in-flight", "10")).Exit.ShouldBe(ExitCode.WrongUsage);
    }

    private static double Latency(JsonElement report, string quantile) => report.GetProperty("latencyMs").GetProperty(quantile).GetDouble();
}
