using System.Text.Json;
using Market.Contracts;
using Market.Fixtures;
using Market.Node.Cli;
using Market.Node.Journals.Sqlite;
using Market.Node.Records;
using Market.Node.Tests.Journals.Golden;
using Market.Node.Tests.Journals.Sqlite;
using Microsoft.Data.Sqlite;

namespace Market.Node.Tests.Records;

/// <summary>A copy of what is sound of a damaged journal: all nine hold of it, a node goes on with it, and what it lacks is said.</summary>
public sealed class RepairTests : IDisposable
{
    private readonly DataFolder _damaged = GoldenJournals.Copied("snapshots-1");
    private readonly DataFolder _out = new();

    private string Copy => _out.File("copy");

    public void Dispose()
    {
        _damaged.Dispose();
        _out.Dispose();
    }

    [Fact]
    public void Whichever_turn_is_damaged_the_copy_holds_and_goes_on()
    {
        var turns = Turns(_damaged.Path);
        var whole = File.ReadAllBytes(_damaged.File("journal.db"));
        for (var position = 2; position <= turns.Count; position++) // without its opening nothing of a market can be kept
        {
            File.WriteAllBytes(_damaged.File("journal.db"), whole);
            Change($"UPDATE turns SET bytes = zeroblob(length(bytes)) WHERE position = {position}");
            var bad = turns[position - 1];
            var repaired = Repair();
            var kept = Turns(Copy);
            kept.Where(turn => turn.Stream == bad.Stream).ShouldBe(turns.Where(turn => turn.Stream == bad.Stream && turn.FirstSequence < bad.FirstSequence).Take(kept.Count(turn => turn.Stream == bad.Stream)));
            repaired.Streams.Single(stream => stream.Stream == bad.Stream).KeptTo.ShouldBeLessThan(bad.FirstSequence);
            ShouldHold($"turn {position} damaged");
            GoOn();
            ShouldHold($"turn {position} damaged, and a game went on");
            Directory.Delete(Copy, recursive: true);
        }
    }

    [Fact]
    public void Whichever_last_turns_are_gone_the_copy_holds_and_goes_on()
    {
        var turns = Turns(_damaged.Path);
        var whole = File.ReadAllBytes(_damaged.File("journal.db"));
        for (var position = 2; position <= turns.Count; position += 3)
        {
            File.WriteAllBytes(_damaged.File("journal.db"), whole);
            Change($"DELETE FROM turns WHERE position >= {position} AND stream = (SELECT stream FROM turns WHERE position = {position})");
            Repair();
            ShouldHold($"{turns[position - 1].Stream} from turn {position} on gone");
            GoOn();
            ShouldHold($"{turns[position - 1].Stream} from turn {position} on gone, and a game went on");
            Directory.Delete(Copy, recursive: true);
        }
    }

    [Fact]
    public void No_more_is_left_out_than_what_rests_on_the_damage()
    {
        var turns = Turns(_damaged.Path);
        var last = turns.Count;
        Change($"UPDATE turns SET bytes = x'00' WHERE position = {last}");
        var repaired = Repair();
        repaired.Turns.ShouldBe(turns.Count - 1, "nothing rests on the very last turn");
        repaired.Streams.Sum(stream => stream.Turns).ShouldBe(1);
        Turns(Copy).ShouldBe(turns.Take(last - 1));
    }

    [Fact]
    public void A_sound_journal_is_copied_whole()
    {
        var turns = Turns(_damaged.Path);
        Repair().Streams.ShouldAllBe(stream => stream.Turns == 0);
        Turns(Copy).ShouldBe(turns);
    }

    [Fact]
    public void The_original_is_not_touched_and_its_secrets_come_along()
    {
        File.WriteAllText(_damaged.File("token-key"), "secret");
        Change("UPDATE turns SET bytes = x'00' WHERE position = 30");
        var before = File.ReadAllBytes(_damaged.File("journal.db"));
        Run(dryRun: false).Exit.ShouldBe(ExitCode.Done);
        File.ReadAllBytes(_damaged.File("journal.db")).SequenceEqual(before).ShouldBeTrue();
        File.ReadAllText(Path.Combine(Copy, "token-key")).ShouldBe("secret");
    }

    [Fact]
    public void What_is_left_out_is_said()
    {
        var bad = Turns(_damaged.Path)[29];
        Change("UPDATE turns SET bytes = x'00' WHERE position = 30");
        var (exit, said) = Run(dryRun: true);
        exit.ShouldBe(ExitCode.Done);
        Directory.Exists(Copy).ShouldBeFalse("a dry run writes nothing");
        var json = JsonDocument.Parse(said).RootElement;
        json.GetProperty("dryRun").GetBoolean().ShouldBeTrue();
        var stream = json.GetProperty("streams").EnumerateArray().Single(one => one.GetProperty("stream").GetString() == bad.Stream.ToString());
        stream.GetProperty("keptTo").GetInt64().ShouldBe(bad.FirstSequence - 1);
        stream.GetProperty("leftOut").GetProperty("events").GetInt64().ShouldBeGreaterThan(0);
        stream.GetProperty("leftOut").GetProperty("from").GetString()!.ShouldStartWith("2018-03-20T18:34:5");
    }

    [Fact]
    public void Nothing_is_written_over()
    {
        Directory.CreateDirectory(Copy);
        File.WriteAllText(Path.Combine(Copy, "mine"), "mine");
        Run(dryRun: false).Exit.ShouldBe(ExitCode.Failed);
        Directory.EnumerateFileSystemEntries(Copy).Select(Path.GetFileName).ShouldBe(["mine"]);
    }

    [Fact]
    public void Without_its_opening_nothing_of_a_market_is_kept_and_that_is_said()
    {
        Change("UPDATE turns SET bytes = x'00' WHERE position = 1");
        var (exit, said) = Run(dryRun: false);
        exit.ShouldBe(ExitCode.Failed);
        JsonDocument.Parse(said).RootElement.GetProperty("lostMarkets")[0].GetProperty("market").GetString().ShouldBe("banana");
    }

    private Repaired Repair()
    {
        using var journal = SqliteJournal.OpenReadOnly(_damaged.Path);
        using var copy = SqliteJournal.Open(Copy);
        return new JournalRepair(journal).Run(copy);
    }

    private void ShouldHold(string when)
    {
        using var journal = SqliteJournal.OpenReadOnly(Copy);
        var examined = new JournalExamination(journal).Run(null);
        examined.Holds.ShouldBeTrue($"{when}: {string.Join("; ", examined.Damage)} {string.Join("; ", examined.Markets.SelectMany(market => market.Findings.Kept))}");
    }

    private void GoOn()
    {
        using var journal = SqliteJournal.Open(Copy);
        GoldenGame.GoOn(journal);
    }

    private (int Exit, string Said) Run(bool dryRun)
    {
        using var said = new StringWriter();
        var exit = VerifyJournal.Run(new VerifyOptions(_damaged.Path, null, true) { RepairTo = Copy, DryRun = dryRun }, said, CancellationToken.None);
        return (exit, said.ToString());
    }

    private static List<KeptTurn> Turns(string folder)
    {
        using var journal = SqliteJournal.OpenReadOnly(folder);
        return journal.ReadAll();
    }

    private void Change(string sql)
    {
        using var connection = new SqliteConnection($"Data Source={_damaged.File("journal.db")};Pooling=False");
        connection.Open();
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        command.ExecuteNonQuery();
    }
}
