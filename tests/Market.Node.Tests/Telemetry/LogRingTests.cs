using Market.Node.Telemetry;
using Microsoft.Extensions.Logging;

namespace Market.Node.Tests.Telemetry;

public sealed class LogRingTests
{
    [Fact]
    public void The_newest_lines_are_kept_and_numbered()
    {
        using var ring = new LogRing(TimeProvider.System, [], capacity: 3);
        var logger = ring.CreateLogger("Some.Place");

        for (var number = 1; number <= 5; number++) { logger.LogInformation("line {Number}", number); }

        ring.From(1, 10).Select(line => (line.Number, line.Text)).ShouldBe([(3, "line 3"), (4, "line 4"), (5, "line 5")]);
        ring.From(4, 10).Count.ShouldBe(2);
        ring.From(1, 1).ShouldHaveSingleItem().Number.ShouldBe(5);
        ring.From(6, 10).ShouldBeEmpty();
    }

    [Fact]
    public void A_secret_is_not_shown_wherever_it_stands()
    {
        using var ring = new LogRing(TimeProvider.System, ["hush-hush"]);

        ring.CreateLogger("x").LogError(new InvalidOperationException("at amqp://me:hush-hush@host"), "no hush-hush here");

        var line = ring.From(1, 1).Single();
        line.Text.ShouldNotContain("hush-hush");
        line.Text.ShouldContain("amqp://me:***@host");
    }

    [Fact]
    public void A_long_line_is_cut()
    {
        using var ring = new LogRing(TimeProvider.System, []);

        ring.CreateLogger("x").LogInformation("{Long}", new string('a', 100_000));

        ring.From(1, 1).Single().Text.Length.ShouldBe(2_001);
    }
}
