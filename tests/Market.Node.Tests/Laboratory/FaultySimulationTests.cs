using System.CommandLine.Parsing;
using System.Text.RegularExpressions;
using Market.Node.Cli;
using Market.Node.Laboratory;
using Market.Node.Tests.Cli;

namespace Market.Node.Tests.Laboratory;

/// <summary>The verb with faults: what it tells of seeds that break nothing.</summary>
public sealed partial class FaultySimulationTests : IDisposable
{
    private readonly Shell _shell = new();

    public FaultySimulationTests() => _shell.Node = _shell.Node with { Simulate = SimulateMarket.RunAsync };

    public void Dispose() => _shell.Dispose();

    [Fact]
    public async Task One_seed_is_told_in_two_lines_and_the_same_each_time()
    {
        var ran = await _shell.RunAsync("simulate", "--seed", "7", "--faults");

        ran.Exit.ShouldBe(ExitCode.Done);
        ran.Out.ShouldStartWith("seed 7: ");
        ran.Out.ShouldContain("Every law held.");
        (await _shell.RunAsync("simulate", "--seed", "7", "--faults")).Out.ShouldBe(ran.Out);
    }

    [Fact]
    public async Task Many_seeds_are_told_by_what_they_met()
    {
        var ran = await _shell.RunAsync("simulate", "--seed", "1", "--faults", "--replications", "30");

        ran.Exit.ShouldBe(ExitCode.Done);
        ran.Out.ShouldContain("30 histories, 30 interleavings");
        ran.Out.ShouldContain("CrashedInMidRelease");
        ran.Out.ShouldContain("looks at NothingBeforeItIsDurable");
    }

    [Fact]
    public async Task As_json_they_are_told_by_number()
    {
        var ran = await _shell.RunAsync("simulate", "--seed", "1", "--faults", "--replications", "5", "--json");

        ran.Exit.ShouldBe(ExitCode.Done);
        var told = System.Text.Json.JsonDocument.Parse(ran.Out).RootElement;
        told.GetProperty("histories").GetInt32().ShouldBe(5);
        told.GetProperty("broken").GetArrayLength().ShouldBe(0);
        told.GetProperty("seen").GetProperty("Accepted").GetInt64().ShouldBeGreaterThan(0);
        told.GetProperty("looks").GetProperty("CoinsAddUp").GetInt64().ShouldBeGreaterThan(0);
    }

    [Fact]
    public async Task Every_command_on_its_page_works()
    {
        var page = await File.ReadAllTextAsync(Path.Combine(Root(AppContext.BaseDirectory), "docs", "SIMULATION.md"));
        var lines = Snippets().Matches(page).SelectMany(snippet => snippet.Groups[1].Value.Trim().Split('\n')).ToList();
        lines.Count.ShouldBe(3);
        foreach (var line in lines)
        {
            var ran = await _shell.RunAsync([.. CommandLineParser.SplitCommandLine(line).Skip(1)]);
            ran.Exit.ShouldBe(ExitCode.Done, $"{line}: {ran.All}");
        }
    }

    private static string Root(string folder) => File.Exists(Path.Combine(folder, "Market.slnx")) ? folder : Root(Path.GetDirectoryName(folder)!);

    [GeneratedRegex("```sh\n(.*?)```", RegexOptions.Singleline)]
    private static partial Regex Snippets();
}
