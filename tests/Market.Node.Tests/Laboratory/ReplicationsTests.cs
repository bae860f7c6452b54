using System.Globalization;
using System.Text.Json;
using Market.Node.Cli;
using Market.Node.Laboratory;
using Market.Node.Tests.Cli;

namespace Market.Node.Tests.Laboratory;

public sealed class ReplicationsTests : IDisposable
{
    private static readonly string[] Run = ["simulate", "--traders", "30", "--ticks", "25", "--seed", "3", "--replications", "4"];

    private readonly Shell _shell = new();

    public ReplicationsTests() => _shell.Node = _shell.Node with { Simulate = SimulateMarket.RunAsync };

    public void Dispose() => _shell.Dispose();

    [Fact]
    public async Task Each_run_has_a_seed_of_its_own_and_another_journal()
    {
        var rows = await RowsAsync();

        rows.Select(row => row["replication"]).ShouldBe(["1", "2", "3", "4"]);
        rows.Select(row => row["seed"]).ShouldBe(Enumerable.Range(1, 4).Select(number => Replications.SeedOf(3, number).ToString(CultureInfo.InvariantCulture)));
        rows.Select(row => row["journal"]).Distinct().Count().ShouldBe(4);
    }

    [Fact]
    public async Task The_number_of_threads_changes_nothing()
    {
        var one = await RowsAsync("--threads", "1");

        var three = await RowsAsync("--threads", "3", "--yes");

        three.Select(row => row["journal"]).ShouldBe(one.Select(row => row["journal"]));
    }

    [Fact]
    public async Task A_replication_is_a_run_with_its_seed()
    {
        var rows = await RowsAsync();

        var ran = await _shell.RunAsync("simulate", "--traders", "30", "--ticks", "25", "--seed", rows[2]["seed"], "--json");

        ran.Json[0].GetProperty("journal").GetProperty("hash").GetString().ShouldBe(rows[2]["journal"]);
    }

    [Fact]
    public async Task Two_mixes_are_compared_under_the_same_seeds_and_prices()
    {
        var contrarians = await RowsAsync("--bots", "contrarian");

        var investors = await RowsAsync("--bots", "investor", "--yes");

        investors.Select(row => row["seed"]).ShouldBe(contrarians.Select(row => row["seed"]));
        investors.Select(row => row["finalPrice"]).ShouldBe(contrarians.Select(row => row["finalPrice"])); // neither talks
        investors.Select(row => row["fedMonkeys"]).ShouldNotBe(contrarians.Select(row => row["fedMonkeys"]));
    }

    [Fact]
    public async Task Means_and_intervals_are_those_of_the_table()
    {
        var ran = await _shell.RunAsync([.. Run, "--json", "--out", "r"]);

        var summary = ran.Json.ShouldHaveSingleItem();
        var rows = Rows().Where(row => row["temperament"] == "gambler").ToList();
        var expected = Estimate.Of([.. rows.Select(row => double.Parse(row["trades"], CultureInfo.InvariantCulture))]);
        var gambler = summary.GetProperty("temperaments").EnumerateArray().Single(part => part.GetProperty("name").GetString() == "gambler");
        Estimated(gambler.GetProperty("estimates").GetProperty("trades")).ShouldBe((expected.Mean, expected.HalfWidth!.Value));
        Estimated(summary.GetProperty("finalPrice")).ShouldBe(Of("finalPrice"));
        summary.GetProperty("replications").GetInt32().ShouldBe(4);
    }

    [Fact]
    public async Task The_table_is_for_people()
    {
        var ran = await _shell.RunAsync(Run);

        ran.Exit.ShouldBe(ExitCode.Done);
        foreach (var said in (string[])["4 runs of 25 ticks", "95 % confidence", "final price", "±", "hype-rider", "all"]) { ran.Out.ShouldContain(said); }
    }

    [Fact]
    public async Task Cancelled_before_the_first_has_ended_it_says_so()
    {
        using var cancelled = new CancellationTokenSource();
        await cancelled.CancelAsync();

        var ran = await _shell.RunAsync(cancelled.Token, Run);

        ran.Exit.ShouldBe(ExitCode.Done);
        ran.Error.ShouldContain("before the first run");
    }

    [Fact]
    public async Task A_table_of_earlier_replications_is_not_written_over()
    {
        _shell.Write("r/replications.csv", "mine");

        (await _shell.RunAsync([.. Run, "--out", "r"])).Exit.ShouldBe(ExitCode.WrongUsage);

        File.ReadAllText(Path.Combine(_shell.Folder, "r", "replications.csv")).ShouldBe("mine");
    }

    private static (double, double) Estimated(JsonElement estimate) => (estimate.GetProperty("mean").GetDouble(), estimate.GetProperty("halfWidth").GetDouble());

    private (double, double) Of(string column)
    {
        var rows = Rows().Where(row => row["temperament"] == "all");
        var estimate = Estimate.Of([.. rows.Select(row => double.Parse(row[column], CultureInfo.InvariantCulture))]);
        return (estimate.Mean, estimate.HalfWidth!.Value);
    }

    /// <summary>The rows of all temperaments together, in order.</summary>
    private async Task<List<Dictionary<string, string>>> RowsAsync(params string[] more)
    {
        var ran = await _shell.RunAsync([.. Run, "--out", "r", .. more]);
        ran.Exit.ShouldBe(ExitCode.Done, ran.All);
        return [.. Rows().Where(row => row["temperament"] == "all")];
    }

    private List<Dictionary<string, string>> Rows()
    {
        var lines = File.ReadAllLines(Path.Combine(_shell.Folder, "r", RunFolder.Replications)).Select(line => line.Split(',')).ToList();
        return [.. lines.Skip(1).Select(line => lines[0].Zip(line).ToDictionary(field => field.First, field => field.Second))];
    }
}
