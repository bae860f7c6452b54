using Market.Actors.Journal;
using Market.Node.Journals.Sqlite;
using Xunit.Abstractions;

namespace Market.Node.Tests.Journals.Sqlite.FaultyDisk;

/// <summary>The journal's promises on a disk that keeps only what it must.</summary>
public sealed class FaultyDiskTests(ITestOutputHelper output) : IDisposable
{
    private const int Lives = 1_000;
    private const int PowerFailures = 4;

    private readonly DataFolder _folder = new();
    private readonly DiskCounts _counts = new();
    private int _judged;
    private int _wentOn;

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void After_any_power_failure_all_that_was_acknowledged_is_there_and_nothing_that_was_never_given()
    {
        for (var seed = 1; seed <= Lives; seed++) { Live(seed, Durable(seed)); }
        output.WriteLine($"{_judged} openings judged; {_counts}");
        _counts.PowerFailures.Values.Sum().ShouldBe(Lives * PowerFailures);
        foreach (var call in Enum.GetValues<DiskCall>()) { _counts.PowerFailures[call].ShouldBeGreaterThan(10, $"{call}"); }
        _counts.Lost.ShouldBeGreaterThan(1_000);
        _counts.Torn.ShouldBeGreaterThan(300);
        _counts.Stale.ShouldBeGreaterThan(50);
        _counts.Names.ShouldBeGreaterThan(50);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void After_calls_that_failed_the_journal_goes_on_and_keeps_its_word_through_the_next_power_failure(bool forgets)
    {
        for (var seed = 1; seed <= Lives; seed++) { Live(seed, Durable(seed), failedCalls: 3, forgets); }
        output.WriteLine($"{_judged} openings judged, {_wentOn} times gone on; {_counts}");
        foreach (var call in Enum.GetValues<DiskCall>()) { _counts.FailedCalls[call].ShouldBeGreaterThan(10, $"{call}"); }
        _wentOn.ShouldBeGreaterThan(500);
    }

    [Fact]
    public void A_log_that_is_taken_as_it_is_after_a_failed_sync_loses_what_was_acknowledged()
    {
        var found = Enumerable.Range(1, 50).Count(seed => Loses(seed, Durable(seed), failedCalls: 3, forgets: true, renewsLog: false));
        output.WriteLine($"{found} of 50 seeds found a loss");
        found.ShouldBeGreaterThan(5);
    }

    [Theory]
    [InlineData("OFF")]
    [InlineData("NORMAL")]
    public void A_journal_that_does_not_wait_for_the_disk_is_found_to_lose_what_it_acknowledged(string synchronous)
    {
        var found = Enumerable.Range(1, 50).Count(seed => Loses(seed, Durable(seed) with { Synchronous = synchronous }));
        output.WriteLine($"{found} of 50 seeds found a loss");
        found.ShouldBeGreaterThan(25);
    }

    /// <summary>Some with a log that grows, some with one that is moved into the database again and again.</summary>
    private static SqliteMedium Durable(int seed) => new() { FileSystem = DiskVfs.Name, CheckpointPages = (seed % 4) switch { 0 => 10_000, 1 => 4, 2 => 12, _ => 40 } };

    private void Live(int seed, SqliteMedium medium, int failedCalls = 0, bool forgets = false, bool renewsLog = true)
    {
        using var life = new JournalLife(_folder.Path, seed, _counts, medium, renewsLog);
        life.Live(PowerFailures, failedCalls, forgets);
        (_judged, _wentOn) = (_judged + life.Judged, _wentOn + life.WentOn);
    }

    private bool Loses(int seed, SqliteMedium medium, int failedCalls = 0, bool forgets = false, bool renewsLog = true)
    {
        try
        {
            Live(seed, medium, failedCalls, forgets, renewsLog);
            return false;
        }
        catch (Exception lost) when (lost is ShouldAssertException or JournalCorruptException)
        {
            return true;
        }
    }
}
