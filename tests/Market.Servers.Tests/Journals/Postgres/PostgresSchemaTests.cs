using Market.Actors.Journal;
using Market.Contracts;
using Market.Node.Journals.Postgres;
using Market.Protocol.Values;
using Market.Servers.Tests.Servers;
using Npgsql;

namespace Market.Servers.Tests.Journals.Postgres;

/// <summary>Who makes the tables, who may do what with them, and what a database must promise.</summary>
[Collection(nameof(Databases))]
public sealed class PostgresSchemaTests(Databases databases)
{
    private static readonly StreamId Banana = new(MarketId.Of("banana"), 0);

    [SkippableFact]
    public async Task Many_nodes_that_start_at_once_migrate_once()
    {
        var home = databases.NewHome();
        await Task.WhenAll(Enumerable.Range(0, 12).Select(_ => Task.Run(() => PostgresSchema.Migrate(home.Owner, Database.Node))));
        home.Database.Ask<long>($"SELECT count(*) FROM {home.Schema}.migrations").ShouldBe(PostgresSchema.Version);
        using var journal = PostgresJournal.Open(home.Node);
        journal.Append([new TurnChain(Banana).Next()]);
    }

    [SkippableFact]
    public void Migrating_again_changes_nothing()
    {
        var home = databases.NewHome();
        using var journal = home.Open();
        journal.Append([new TurnChain(Banana).Next()]);
        var before = home.Database.Ask<DateTime>($"SELECT max(applied_at) FROM {home.Schema}.migrations");
        PostgresSchema.Migrate(home.Owner);
        home.Database.Ask<DateTime>($"SELECT max(applied_at) FROM {home.Schema}.migrations").ShouldBe(before);
        journal.ReadAll().Count.ShouldBe(1);
    }

    [SkippableFact]
    public void A_newer_schema_is_refused_and_named()
    {
        var home = databases.NewHome();
        home.Migrate();
        home.Database.Run($"INSERT INTO {home.Schema}.migrations(version, name) VALUES(99, 'of tomorrow')");
        Should.Throw<JournalCorruptException>(() => home.Open()).Message.ShouldContain("format 99");
        Should.Throw<JournalCorruptException>(() => PostgresSchema.Migrate(home.Owner)).Message.ShouldContain("newer program");
    }

    [SkippableFact]
    public void A_schema_that_is_not_there_is_asked_for()
    {
        var home = databases.NewHome();
        Should.Throw<JournalUnavailableException>(() => PostgresJournal.Open(home.Node)).Message.ShouldContain("migrate it");
    }

    [SkippableFact]
    public void Another_programs_schema_is_refused_and_left_as_it_was()
    {
        var home = databases.NewHome();
        home.Database.Run(Database.Owner, $"CREATE SCHEMA {home.Schema}; CREATE TABLE {home.Schema}.turns(dance text)");
        Should.Throw<JournalCorruptException>(() => PostgresSchema.Migrate(home.Owner)).Message.ShouldContain("another program");
        home.Database.Ask<bool>($"SELECT to_regclass('{home.Schema}.migrations') IS NULL").ShouldBeTrue();
    }

    [SkippableTheory]
    [InlineData("")]
    [InlineData("Banana")]
    [InlineData("1st")]
    [InlineData("a;DROP SCHEMA public")]
    public void A_name_that_is_none_is_refused(string name)
    {
        var home = databases.NewHome();
        Should.Throw<ArgumentException>(() => PostgresJournal.Open(home.Node with { Schema = name }));
        Should.Throw<ArgumentException>(() => PostgresSchema.Migrate(home.Owner, name));
    }

    [SkippableTheory]
    [InlineData("UPDATE turns SET count = 2")]
    [InlineData("DELETE FROM turns")]
    [InlineData("TRUNCATE turns")]
    [InlineData("DROP TABLE turns")]
    [InlineData("ALTER TABLE turns ADD COLUMN more text")]
    [InlineData("TRUNCATE snapshots")]
    [InlineData("DELETE FROM migrations")]
    [InlineData("INSERT INTO migrations(version, name) VALUES(2, 'mine')")]
    [InlineData("CREATE TABLE more(id integer)")]
    public void A_nodes_role_cannot_change_what_was_journaled(string statement)
    {
        var home = databases.NewHome();
        using var journal = home.Open();
        var turn = new TurnChain(Banana).Next();
        journal.Append([turn]);
        var refused = Should.Throw<PostgresException>(() => home.Database.Run(Database.Node, $"SET search_path = {home.Schema}; {statement}"));
        refused.SqlState.ShouldBe(PostgresErrorCodes.InsufficientPrivilege);
        journal.ReadAll().ShouldBe([KeptTurn.Of(turn)]);
    }

    [SkippableFact]
    public void A_role_that_was_granted_nothing_is_told_so()
    {
        var home = databases.NewHome();
        PostgresSchema.Migrate(home.Owner);
        Should.Throw<JournalUnavailableException>(() => PostgresJournal.Open(home.Node)).Message.ShouldContain("migrate it with its owner");
    }

    [SkippableTheory]
    [InlineData("off")]
    [InlineData("local")]
    [InlineData("remote_write")]
    public void A_database_that_confirms_before_it_keeps_is_refused(string commit)
    {
        var home = databases.NewHome();
        home.Migrate();
        var hasty = home.Node with { ConnectionString = $"{home.Node.ConnectionString};Options=-c synchronous_commit={commit}" };
        Should.Throw<JournalUnavailableException>(() => PostgresJournal.Open(hasty)).Message.ShouldContain($"synchronous_commit = {commit}");
    }

    [SkippableFact]
    public void A_database_that_never_waits_for_its_disk_is_refused()
    {
        using var database = new Database();
        var home = database.NewHome();
        home.Migrate();
        database.Run("ALTER SYSTEM SET fsync = off");
        database.Run("SELECT pg_reload_conf()");
        Should.Throw<JournalUnavailableException>(() => PostgresJournal.Open(home.Node)).Message.ShouldContain("fsync = off");
    }

    [SkippableFact]
    public void A_standby_is_refused()
    {
        using var database = new Database();
        var home = database.NewHome();
        home.Migrate();
        var folder = database.Ask<string>("SHOW data_directory");
        database.Server.Stop();
        File.WriteAllText(Path.Combine(folder, "standby.signal"), "");
        database.Server.Start();
        Should.Throw<JournalUnavailableException>(() => PostgresJournal.Open(home.Node)).Message.ShouldContain("connect to the primary");
    }

    [SkippableFact]
    public void A_refused_password_says_so_and_tells_none()
    {
        var home = databases.NewHome();
        var stranger = home.Node with { ConnectionString = $"{home.Database.Server.As("nobody_here")};Password=bananas" };
        var said = Should.Throw<JournalUnavailableException>(() => PostgresJournal.Open(stranger)).Message;
        said.ShouldContain("refuses the user");
        said.ShouldNotContain("bananas");
    }
}
