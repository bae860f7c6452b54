using System.Globalization;
using System.Text.RegularExpressions;

namespace Market.Node.Tests.Telemetry;

/// <summary><c>/metrics</c> as a scraper reads it.</summary>
public sealed partial class MetricsTests : IAsyncLifetime
{
    private NodeFixture _node = null!;

    public async Task InitializeAsync() => _node = await NodeFixture.StartAsync(options => options.WithMango());

    public async Task DisposeAsync() => await _node.DisposeAsync();

    [Fact]
    public async Task Every_line_is_help_type_or_a_sample_of_the_family_above()
    {
        var reply = await _node.GetAsync("/metrics");

        reply.MediaType.ShouldBe("text/plain");
        reply.Text.ShouldEndWith("\n");
        var (helped, typed, samples) = (new List<string>(), new List<string>(), new List<string>());
        foreach (var line in reply.Text.Split('\n', StringSplitOptions.RemoveEmptyEntries))
        {
            if (Help().Match(line) is { Success: true } help) { helped.Add(help.Groups["name"].Value); continue; }
            if (Type().Match(line) is { Success: true } type) { typed.Add(type.Groups["name"].Value); continue; }
            var sample = Sample().Match(line);
            sample.Success.ShouldBeTrue(line);
            sample.Groups["name"].Value.ShouldBe(typed[^1]);
            double.TryParse(sample.Groups["value"].Value, NumberStyles.Float, CultureInfo.InvariantCulture, out _).ShouldBeTrue(line);
            samples.Add(sample.Groups["name"].Value + sample.Groups["labels"].Value);
        }
        helped.ShouldBeUnique();
        typed.ShouldBe(helped);
        samples.ShouldBeUnique();
        samples.ShouldContain("monkonomy_price_coins{market=\"banana\"}");
        samples.ShouldContain("monkonomy_price_coins{market=\"mango\"}");
    }

    [Fact]
    public async Task Counters_are_named_total_and_only_they_are()
    {
        foreach (var match in Type().Matches((await _node.GetAsync("/metrics")).Text).Cast<Match>())
        {
            match.Groups["name"].Value.EndsWith("_total", StringComparison.Ordinal).ShouldBe(match.Groups["type"].Value == "counter", match.Value);
        }
    }

    [Fact]
    public async Task Numbers_follow_what_happens_on_this_node()
    {
        await using var another = await NodeFixture.StartAsync();
        var before = await ValueAsync("monkonomy_events_total");

        await _node.CommandAsync(await _node.JoinAsync("alice"), Doors.Commands.Buy("t1", 1));
        await using var socket = await _node.ConnectAsync();
        await socket.WatchAsync();

        (await ValueAsync("monkonomy_events_total")).ShouldBe(before + 2);
        (await ValueAsync("monkonomy_traders{market=\"banana\"}")).ShouldBe(1);
        (await ValueAsync("monkonomy_traders{market=\"mango\"}")).ShouldBe(0);
        (await ValueAsync("monkonomy_websocket_connections")).ShouldBe(1);
        (await ValueAsync("monkonomy_journal_writable")).ShouldBe(1);
        (await ValueAsync("monkonomy_running{market=\"banana\"}")).ShouldBe(1);
        await _node.AdminAsync("pause");
        (await ValueAsync("monkonomy_running{market=\"banana\"}")).ShouldBe(0);
    }

    private async Task<double> ValueAsync(string sample)
    {
        var lines = (await _node.GetAsync("/metrics")).Text.Split('\n').Where(line => line.StartsWith($"{sample} ", StringComparison.Ordinal));
        return double.Parse(lines.ShouldHaveSingleItem()[(sample.Length + 1)..], CultureInfo.InvariantCulture);
    }

    [GeneratedRegex(@"^# HELP (?<name>[a-z_]+) \S.*$", RegexOptions.Multiline)]
    private static partial Regex Help();

    [GeneratedRegex(@"^# TYPE (?<name>[a-z_]+) (?<type>counter|gauge)$", RegexOptions.Multiline)]
    private static partial Regex Type();

    [GeneratedRegex("^(?<name>[a-z_]+)(?<labels>\\{[a-z_]+=\"[^\"]*\"(,[a-z_]+=\"[^\"]*\")*\\})? (?<value>\\S+)$")]
    private static partial Regex Sample();
}
