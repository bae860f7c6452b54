using Market.Node.Journals.Postgres;

namespace Market.Servers.Tests.Servers;

/// <summary>A schema of a database, for one journal and as many instances as open it.</summary>
public sealed class JournalHome(Database database, string schema)
{
    private bool _migrated;

    public Database Database => database;

    public string Schema => schema;

    public PostgresOptions Owner => Options(Market.Servers.Tests.Servers.Database.Owner);

    /// <summary>As a node has it: with the role that may only write.</summary>
    public PostgresOptions Node => Options(Market.Servers.Tests.Servers.Database.Node);

    /// <summary>The same, for tests that wait until it gives up.</summary>
    public PostgresOptions Impatient => Node with { ConnectTimeout = TimeSpan.FromSeconds(1), StatementTimeout = TimeSpan.FromSeconds(1) };

    /// <summary>Opens the journal with a node's role; the first makes the schema.</summary>
    public PostgresJournal Open() => Open(Node);

    public PostgresJournal Open(PostgresOptions options)
    {
        Migrate();
        return PostgresJournal.Open(options);
    }

    public void Migrate()
    {
        if (!_migrated) { PostgresSchema.Migrate(Owner, Market.Servers.Tests.Servers.Database.Node); }
        _migrated = true;
    }

    /// <summary>The database's process that works for the one journal that is open.</summary>
    public int Process() => database.Ask<int>($"SELECT pid FROM pg_stat_activity WHERE application_name = '{schema}'");

    private PostgresOptions Options(string role) => new()
    {
        ConnectionString = $"{database.Server.As(role)};Application Name={schema};Include Error Detail=true",
        Schema = schema,
    };
}
