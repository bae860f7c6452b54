using System.Text.Json;
using Market.Actors.Journal;
using Market.Contracts;
using Market.Node.Cli;
using Market.Node.Journals.Sqlite;
using Market.Node.Records;
using Market.Node.Tests.Journals.Damage;
using Market.Node.Tests.Journals.Golden;
using Market.Node.Tests.Journals.Sqlite;
using Microsoft.Data.Sqlite;

namespace Market.Node.Tests.Records;

/// <summary>What <c>verify</c> says, and where it can be asked.</summary>
public class VerifyTests
{
    [SkippableFact]
    public void A_closed_journal_on_a_read_only_disk_is_verified_and_nothing_is_made_beside_it()
    {
        using var disk = new SmallDisk();
        File.WriteAllBytes(Path.Combine(disk.Path, "journal.db"), GoldenJournals.Bytes("snapshots-1"));
        using (disk.ReadOnly())
        {
            using var journal = SqliteJournal.OpenReadOnly(disk.Path);
            new JournalExamination(journal).Run(null).Holds.ShouldBeTrue();
        }
        Directory.GetFiles(disk.Path).Select(Path.GetFileName).Order().ShouldBe(["ballast", "journal.db"]);
    }

    [SkippableFact]
    public void A_crashed_journal_on_a_read_only_disk_is_not_taken_for_what_it_was_before_its_log()
    {
        using var disk = new SmallDisk();
        var (database, log, _, _) = SmallPages.Crashed();
        File.WriteAllBytes(Path.Combine(disk.Path, "journal.db"), database);
        File.WriteAllBytes(Path.Combine(disk.Path, "journal.db-wal"), log);
        using (disk.ReadOnly())
        {
            Should.Throw<JournalUnavailableException>(() => SqliteJournal.OpenReadOnly(disk.Path)).Message.ShouldContain(disk.Path);
        }
    }

    [Fact]
    public void Damage_is_said_with_its_stream_and_event_and_how_far_each_stream_is_sound()
    {
        using var folder = GoldenJournals.Copied("plain-1");
        KeptTurn bad;
        using (var journal = SqliteJournal.OpenReadOnly(folder.Path)) { bad = journal.ReadAll()[30]; }
        Change(folder, "UPDATE turns SET bytes = x'00' WHERE position = 31");
        var (exit, json) = Run(folder.Path);
        exit.ShouldBe(ExitCode.Failed);
        json.GetProperty("holds").GetBoolean().ShouldBeFalse();
        var finding = json.GetProperty("markets")[0].GetProperty("findings")[0];
        (finding.GetProperty("stream").GetString(), finding.GetProperty("sequence").GetInt64()).ShouldBe((bad.Stream.ToString(), bad.FirstSequence));
        json.GetProperty("streams").EnumerateArray().Single(one => one.GetProperty("stream").GetString() == bad.Stream.ToString())
            .GetProperty("soundTo").GetInt64().ShouldBe(bad.FirstSequence - 1);
    }

    [Fact]
    public void A_damaged_snapshot_is_said_though_no_turn_is_lost()
    {
        using var folder = GoldenJournals.Copied("snapshots-1");
        Change(folder, "UPDATE snapshots SET next_sequence = next_sequence - 1 WHERE stream = 2");
        var (exit, json) = Run(folder.Path);
        exit.ShouldBe(ExitCode.Failed);
        json.GetProperty("damage")[0].GetString()!.ShouldContain("snapshot of banana/");
        json.GetProperty("markets")[0].GetProperty("holds").GetBoolean().ShouldBeTrue();
    }

    [Fact]
    public void A_node_does_not_start_on_a_file_that_lost_its_newest_turns()
    {
        using var folder = GoldenJournals.Copied("plain-1");
        var bytes = File.ReadAllBytes(folder.File("journal.db"));
        var page = LastLeaf(bytes);
        bytes[page + 4]--; // one cell fewer: its last turn is not seen
        File.WriteAllBytes(folder.File("journal.db"), bytes);
        using (var reader = SqliteJournal.OpenReadOnly(folder.Path)) { reader.ReadAll().ShouldNotBeEmpty("its turns alone do not show it"); }
        Should.Throw<JournalCorruptException>(() => SqliteJournal.Open(folder.Path)).Message.ShouldContain("verify --repair");
    }

    [Fact]
    public void A_node_does_not_start_on_a_log_that_lost_a_commit_in_its_middle()
    {
        using var folder = new DataFolder();
        var (database, log, _, _) = SmallPages.Crashed();
        log[log.Length / 2] ^= 1;
        File.WriteAllBytes(folder.File("journal.db"), database);
        File.WriteAllBytes(folder.File("journal.db-wal"), log);
        Should.Throw<JournalCorruptException>(() => SqliteJournal.Open(folder.Path)).Message.ShouldContain("frame");
        File.ReadAllBytes(folder.File("journal.db-wal")).SequenceEqual(log).ShouldBeTrue("nothing is lost by the refusal");
    }

    /// <summary>Where the last page of a table with rows in it begins, and its header says so.</summary>
    private static int LastLeaf(byte[] file)
    {
        const int Page = 8_192;
        const byte TableLeaf = 13;
        for (var at = file.Length - Page; ; at -= Page)
        {
            if (file[at] == TableLeaf && file[at + 4] > 4) { return at; }
        }
    }

    private static (int Exit, JsonElement Said) Run(string folder)
    {
        using var said = new StringWriter();
        var exit = VerifyJournal.Run(new VerifyOptions(folder, null, true), said, CancellationToken.None);
        return (exit, JsonDocument.Parse(said.ToString()).RootElement);
    }

    private static void Change(DataFolder folder, string sql)
    {
        using var connection = new SqliteConnection($"Data Source={folder.File("journal.db")};Pooling=False");
        connection.Open();
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        command.ExecuteNonQuery();
    }
}
