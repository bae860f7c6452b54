using System.Globalization;
using System.Reflection;
using Market.Actors.Journal;
using Market.Node.Config;
using Npgsql;

namespace Market.Node.Journals.Postgres;

/// <summary>
/// The tables of a journal, made and changed by numbered steps, each run once. The owner's role runs them; the role of a running node may only
/// add turns, keep snapshots and probe (<c>Roles/writer.sql</c>).
/// </summary>
public static class PostgresSchema
{
    /// <summary>First key of the advisory locks, "MNKY"; the second is the schema's.</summary>
    private const int LockClass = 0x4d4e4b59;

    /// <summary>A step may rewrite a large table, and other nodes wait for it.</summary>
    private static readonly TimeSpan LongestStep = TimeSpan.FromMinutes(10);

    private const string Folder = "Postgres.Migrations.";

    private static readonly (int Version, string Name)[] Migrations =
    [
        .. Assembly.GetExecutingAssembly().GetManifestResourceNames().Where(name => name.StartsWith(Folder, StringComparison.Ordinal)).Order(StringComparer.Ordinal)
            .Select(name => (int.Parse(name.AsSpan(Folder.Length, 4), CultureInfo.InvariantCulture), name)),
    ];

    /// <summary>What this program reads and writes.</summary>
    public static int Version => Migrations[^1].Version;

    /// <summary>Brings the schema of a cluster's journal up to this program, with the role that may.</summary>
    /// <inheritdoc cref="Migrate(PostgresOptions, string?)"/>
    public static void Migrate(ClusterOptions cluster)
    {
        var node = PostgresOptions.Of(cluster);
        if (cluster.DatabaseOwner is not { } owner) { Migrate(node); }
        else { Migrate(node with { ConnectionString = owner }, new NpgsqlConnectionStringBuilder(node.ConnectionString).Username); }
    }

    /// <summary>
    /// Brings the schema up to this program, and makes it where there is none. Any number of nodes may do so at once: one does, the others wait for it and
    /// find it done. All or nothing.
    /// </summary>
    /// <param name="owner">With the role that owns the tables; it needs CREATE on the database where the schema is not there yet.</param>
    /// <param name="writer">A role that may write this journal from now on, and no more than that; null to grant nothing.</param>
    /// <exception cref="JournalCorruptException">The schema is newer than this program, or not a journal's.</exception>
    /// <exception cref="JournalUnavailableException">The database cannot be used.</exception>
    /// <exception cref="ArgumentException">A name is none.</exception>
    public static void Migrate(PostgresOptions owner, string? writer = null)
    {
        if (writer is not null) { PostgresNames.Require(writer); }
        try
        {
            using var source = (owner with { StatementTimeout = LongestStep }).Source();
            using var connection = source.OpenConnection();
            using var transaction = connection.BeginTransaction();
            Run(connection, $"SELECT pg_advisory_xact_lock({LockClass}, hashtext('{owner.Schema}'))");
            Prepare(connection, owner);
            foreach (var (version, name) in Migrations.Skip(Applied(connection)))
            {
                Run(connection, Resource(name));
                Run(connection, $"INSERT INTO migrations(version, name) VALUES({version}, '{name[Folder.Length..]}')");
            }
            if (writer is not null) { Run(connection, Resource("Postgres.Roles.writer.sql").Replace("{schema}", owner.Schema, StringComparison.Ordinal).Replace("{writer}", writer, StringComparison.Ordinal)); }
            transaction.Commit();
        }
        catch (Exception failed) when (PostgresErrors.Known(failed))
        {
            throw PostgresErrors.Of(failed, owner.Place);
        }
    }

    /// <exception cref="JournalCorruptException">The schema is newer than this program.</exception>
    /// <exception cref="JournalUnavailableException">It is older, or not there.</exception>
    internal static void RequireCurrent(NpgsqlConnection connection, PostgresOptions options)
    {
        var version = Exists(connection, "to_regclass('migrations')") ? Applied(connection) : 0;
        RequireNotNewer(version, options);
        if (version < Version)
        {
            throw new JournalUnavailableException($"{options.Place} has {(version == 0 ? "no journal" : $"format {version}")}, this program writes {Version}: migrate it with its owner's role.");
        }
    }

    private static void Prepare(NpgsqlConnection connection, PostgresOptions owner)
    {
        if (!Exists(connection, $"to_regnamespace('{owner.Schema}')")) { Run(connection, $"CREATE SCHEMA {owner.Schema}"); }
        if (!Exists(connection, "to_regclass('migrations')"))
        {
            if (Exists(connection, "to_regclass('turns')")) { throw new JournalCorruptException($"{owner.Place} is of another program; use another schema."); }
            Run(connection, "CREATE TABLE migrations(version integer PRIMARY KEY, name text NOT NULL, applied_at timestamptz NOT NULL DEFAULT now())");
        }
        RequireNotNewer(Applied(connection), owner);
    }

    private static void RequireNotNewer(int version, PostgresOptions options)
    {
        if (version > Version) { throw new JournalCorruptException($"{options.Place} has format {version}, this program reads up to {Version}: use a newer program."); }
    }

    private static int Applied(NpgsqlConnection connection)
    {
        using var command = new NpgsqlCommand("SELECT coalesce(max(version), 0) FROM migrations", connection);
        return (int)command.ExecuteScalar()!;
    }

    private static bool Exists(NpgsqlConnection connection, string what)
    {
        using var command = new NpgsqlCommand($"SELECT {what} IS NOT NULL", connection);
        return (bool)command.ExecuteScalar()!;
    }

    private static void Run(NpgsqlConnection connection, string sql)
    {
        using var command = new NpgsqlCommand(sql, connection);
        command.ExecuteNonQuery();
    }

    private static string Resource(string name)
    {
        using var text = new StreamReader(Assembly.GetExecutingAssembly().GetManifestResourceStream(name)!);
        return text.ReadToEnd();
    }
}
