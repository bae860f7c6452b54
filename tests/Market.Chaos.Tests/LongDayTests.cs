using Market.Chaos.Machines;
using Xunit.Abstractions;

namespace Market.Chaos.Tests;

/// <summary>The long day, made short: every kind of fault once or twice, one on the heels of another, and then the same reckoning.</summary>
public sealed class LongDayTests(ITestOutputHelper output) : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("monkonomy-day-").FullName;

    [SkippableFact]
    public async Task Whatever_goes_wrong_what_traders_were_told_the_journal_and_the_boards_agree()
    {
        Needed(Room.Missing);
        var plan = new DayPlan { Lasts = TimeSpan.FromMinutes(3), Every = TimeSpan.FromSeconds(5), Seed = 20, OrdersPerSecond = 1_000, LongestInvestment = TimeSpan.FromSeconds(5), Folder = _folder };

        var report = await RunAsync(plan);

        report.Wrong.ShouldBeEmpty();
        report.Faults.Count.ShouldBe(12, "every kind of fault has its turn");
        report.Accepted.ShouldBeGreaterThan(1_000);
    }

    [SkippableFact]
    public async Task A_node_whose_link_goes_down_does_no_harm_and_comes_back()
    {
        Needed(Room.Missing ?? NetworkNamespace.Missing);
        var plan = new DayPlan
        {
            Lasts = TimeSpan.FromSeconds(25), Every = TimeSpan.FromSeconds(4), Seed = 3, OrdersPerSecond = 1_000, LongestInvestment = TimeSpan.FromSeconds(5), Folder = _folder,
            Kinds = ["link down"], Network = 1,
        };

        var report = await RunAsync(plan);

        report.Wrong.ShouldBeEmpty();
        report.Faults.ShouldHaveSingleItem().Times.ShouldBeGreaterThan(1);
    }

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    private async Task<DayReport> RunAsync(DayPlan plan)
    {
        using var progress = new StringWriter();
        try
        {
            var report = await new LongDay(plan, TextWriter.Synchronized(progress)).RunAsync();
            output.WriteLine(report.Table());
            return report;
        }
        finally
        {
            output.WriteLine(progress.ToString());
        }
    }

    /// <summary>Without its servers it is skipped at a desk; on CI that is a failure.</summary>
    private static void Needed(string? missing)
    {
        if (missing is null) { return; }
        if (Environment.GetEnvironmentVariable("CI") == "true") { throw new InvalidOperationException(missing); }
        Skip.If(true, missing);
    }
}
