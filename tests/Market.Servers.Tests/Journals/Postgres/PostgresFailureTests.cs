using Market.Actors.Journal;
using Market.Contracts;
using Market.Node.Journals.Postgres;
using Market.Protocol.Values;
using Market.Servers.Tests.Servers;
using Npgsql;

namespace Market.Servers.Tests.Journals.Postgres;

/// <summary>A database that is lost, frozen, slow or full in the middle of an append: what is read afterwards is what the append came to.</summary>
[Collection(nameof(Databases))]
public sealed class PostgresFailureTests(Databases databases)
{
    private static readonly StreamId Banana = new(MarketId.Of("banana"), 0);

    private readonly Appends _appends = new();

    [SkippableFact]
    public async Task A_connection_ended_in_the_middle_of_an_append_keeps_nothing_and_is_opened_again()
    {
        var home = databases.NewHome();
        using var journal = home.Open();
        journal.Append(_appends.Next());
        var turns = _appends.Next();
        using (var admin = home.Database.Connect("postgres"))
        {
            using var hold = new NpgsqlCommand($"BEGIN; LOCK TABLE {home.Schema}.turns IN SHARE MODE", admin);
            await hold.ExecuteNonQueryAsync();
            var appending = Task.Run(() => journal.Append(turns));
            await Eventually.TrueAsync(() => home.Database.Ask<long>($"SELECT count(*) FROM pg_stat_activity WHERE application_name = '{home.Schema}' AND wait_event_type = 'Lock'") == 1);
            home.Database.Run($"SELECT pg_terminate_backend({home.Process()})");
            (await Should.ThrowAsync<JournalUnavailableException>(() => appending)).Message.ShouldContain("opened again");
        }
        _appends.Kept(journal).ShouldBe(1);
        journal.Append(turns);
        _appends.Kept(journal).ShouldBe(2);
    }

    [SkippableFact]
    public async Task An_append_whose_confirmation_is_lost_is_found_when_it_is_read_and_never_doubled()
    {
        var home = databases.NewHome();
        await using var line = new CutLine(home.Database.Server.Port);
        using var journal = home.Open(Through(line, home));
        for (var times = 0; times < 3; times++) { journal.Append(_appends.Next()); } // it knows where its streams end from now on
        var turns = _appends.Next();
        line.LoseNextAnswer();
        Should.Throw<JournalUnavailableException>(() => journal.Append(turns)).Message.ShouldContain("may or may not be kept");
        _appends.Kept(journal).ShouldBe(4);
        Should.Throw<JournalConflictException>(() => journal.Append(turns));
        journal.Append(_appends.Next());
        _appends.Kept(journal).ShouldBe(5);
    }

    [SkippableFact]
    public async Task An_append_that_never_arrived_is_not_there_and_can_be_given_again()
    {
        var home = databases.NewHome();
        await using var line = new CutLine(home.Database.Server.Port);
        using var journal = home.Open(Through(line, home));
        for (var times = 0; times < 3; times++) { journal.Append(_appends.Next()); } // it knows where its streams end from now on
        var turns = _appends.Next();
        line.LoseNextQuestion();
        Should.Throw<JournalUnavailableException>(() => journal.Append(turns));
        _appends.Kept(journal).ShouldBe(3);
        journal.Append(turns);
        _appends.Kept(journal).ShouldBe(4);
    }

    [SkippableFact]
    public void A_frozen_database_process_is_given_up_and_harms_nobody_when_it_wakes()
    {
        var home = databases.NewHome();
        using var journal = home.Open(home.Impatient);
        journal.Append(_appends.Next());
        var frozen = home.Process();
        var turns = _appends.Next();
        ServerProcess.Signal(frozen, "STOP");
        try
        {
            Should.Throw<JournalUnavailableException>(() => journal.Append(turns)).Message.ShouldContain("may or may not be kept");
            Should.Throw<JournalUnavailableException>(journal.Probe).Message.ShouldContain($"process {frozen}");
        }
        finally
        {
            ServerProcess.Signal(frozen, "CONT");
        }
        var kept = _appends.Kept(journal);
        home.Database.Ask<long>($"SELECT count(*) FROM pg_stat_activity WHERE pid = {frozen}").ShouldBe(0);
        _appends.Kept(journal).ShouldBe(kept);
        if (kept == 1) { journal.Append(turns); }
        journal.Append(_appends.Next());
        _appends.Kept(journal).ShouldBe(3);
    }

    [SkippableFact]
    public void A_database_that_was_set_back_to_an_older_copy_is_not_written_past_its_end()
    {
        var home = databases.NewHome();
        using var journal = home.Open();
        var chain = new TurnChain(Banana);
        var turns = chain.Many(3);
        journal.Append(turns);
        home.Database.Run($"DELETE FROM {home.Schema}.turns WHERE first_sequence = 3");
        home.Database.Run($"SELECT pg_terminate_backend({home.Process()})");
        var next = chain.Next();
        Should.Throw<JournalUnavailableException>(() => journal.Append([next]));
        Should.Throw<JournalConflictException>(() => journal.Append([next])).Message.ShouldContain("3 comes next");
        journal.ReadAll().ShouldBe(turns[..2].Kept());
    }

    [SkippableFact]
    public void A_database_that_takes_too_long_is_given_up_and_keeps_nothing()
    {
        var home = databases.NewHome();
        using var journal = home.Open(home.Impatient);
        journal.Append(_appends.Next());
        var turns = _appends.Next();
        using (var admin = home.Database.Connect("postgres"))
        {
            using var hold = new NpgsqlCommand($"BEGIN; LOCK TABLE {home.Schema}.turns IN SHARE MODE", admin);
            hold.ExecuteNonQuery();
            Should.Throw<JournalUnavailableException>(() => journal.Append(turns)).Message.ShouldContain("too slow");
        }
        _appends.Kept(journal).ShouldBe(1);
        journal.Append(turns);
        _appends.Kept(journal).ShouldBe(2);
    }

    [SkippableFact]
    public void A_full_disk_keeps_nothing_of_an_append_and_goes_on_when_it_has_room()
    {
        var home = databases.NewHome();
        using var disk = new SmallDisk();
        home.Database.Run($"CREATE TABLESPACE {home.Schema} LOCATION '{disk.Tables}'");
        home.Database.Run($"GRANT CREATE ON TABLESPACE {home.Schema} TO {Database.Owner}");
        PostgresSchema.Migrate(home.Owner with { ConnectionString = $"{home.Owner.ConnectionString};Options=-c default_tablespace={home.Schema}" }, Database.Node);
        var chain = new TurnChain(Banana);
        using (var journal = PostgresJournal.Open(home.Node))
        {
            var small = chain.Next();
            journal.Append([small]);
            disk.Fill();
            var large = chain.Next(text: 1_000_000);
            Should.Throw<JournalUnavailableException>(() => journal.Append([large])).Message.ShouldContain("is full");
            journal.ReadAll().ShouldBe([KeptTurn.Of(small)]);
            disk.FreeSpace();
            journal.Probe();
            journal.Append([large]);
            journal.ReadAll().Count.ShouldBe(2);
        }
        home.Database.Run($"DROP SCHEMA {home.Schema} CASCADE");
        home.Database.Run($"DROP TABLESPACE {home.Schema}");
    }

    [SkippableFact]
    public void A_probe_says_whether_an_append_would_succeed_and_leaves_one_row()
    {
        var home = databases.NewHome();
        using var journal = home.Open();
        for (var times = 0; times < 50; times++) { journal.Probe(); }
        home.Database.Ask<long>($"SELECT count(*) FROM {home.Schema}.probes").ShouldBe(1);
        home.Database.Run($"REVOKE INSERT, UPDATE ON {home.Schema}.probes FROM {Database.Node}");
        Should.Throw<JournalUnavailableException>(journal.Probe).Message.ShouldContain("may not be used");
    }

    private static PostgresOptions Through(CutLine line, JournalHome home) =>
        home.Node with { ConnectionString = new NpgsqlConnectionStringBuilder(home.Node.ConnectionString) { Port = line.Port, SslMode = SslMode.Disable, GssEncryptionMode = GssEncryptionMode.Disable }.ToString() };
}
