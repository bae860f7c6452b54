using Market.Node.Config;
using Npgsql;

namespace Market.Node.Journals.Postgres;

/// <summary>Where the shared journal is, and how long to wait for it.</summary>
public sealed record PostgresOptions
{
    /// <summary>
    /// Host, port, database, user, password and TLS, as Npgsql writes them. Straight to the primary or through a pooler in session mode: the settings of
    /// a connection must stay its own. Timeouts, pooling and Kerberos' encryption are not taken from it.
    /// </summary>
    public required string ConnectionString { get; init; }

    /// <summary>The schema of the journal's tables: 1 to 63 of <c>a-z0-9_</c>, not beginning with a digit. Several journals may share a database.</summary>
    public string Schema { get; init; } = "monkonomy";

    /// <summary>Longest wait for a connection; at least 1 s.</summary>
    public TimeSpan ConnectTimeout { get; init; } = TimeSpan.FromSeconds(5);

    /// <summary>
    /// Longest that one statement may take in the database, waiting for locks included; at least 1 s. A second later the connection is given up, once the
    /// driver has tried by another to cancel it, for at most <see cref="ConnectTimeout"/>: whether a frozen database kept what it was given is unknown. An
    /// append takes a millisecond or a few; ten seconds outlast a checkpoint on a slow disk.
    /// </summary>
    public TimeSpan StatementTimeout { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>The journal of a cluster: in the schema that has the cluster's name.</summary>
    public static PostgresOptions Of(ClusterOptions cluster) => new() { ConnectionString = cluster.Database, Schema = cluster.Name };

    /// <summary>Where it is, in words; without user or password.</summary>
    internal string Place
    {
        get
        {
            var given = new NpgsqlConnectionStringBuilder(ConnectionString);
            return $"PostgreSQL at {given.Host}:{given.Port}, database {given.Database ?? given.Username}, schema {Schema}";
        }
    }

    /// <exception cref="ArgumentException">The connection string or the schema's name is none.</exception>
    internal NpgsqlDataSource Source()
    {
        PostgresNames.Require(Schema);
        var builder = new NpgsqlConnectionStringBuilder(ConnectionString)
        {
            Pooling = false,
            Enlist = false,
            Timeout = Seconds(ConnectTimeout),
            CommandTimeout = Seconds(StatementTimeout) + 1,
            CancellationTimeout = -1, // the database has had its own timeout by then: it does not answer
            GssEncryptionMode = GssEncryptionMode.Disable, // it is tried first, and then all again without: where nothing answers, now and then for ever (npgsql/npgsql#6655)
            SearchPath = Schema,
            TcpKeepAlive = true,
        };
        builder.ApplicationName ??= "monkonomy";
        builder.Options = $"{builder.Options} -c statement_timeout={Seconds(StatementTimeout) * 1_000}".TrimStart();
        return NpgsqlDataSource.Create(builder);
    }

    private static int Seconds(TimeSpan time) => Math.Max(1, (int)Math.Ceiling(time.TotalSeconds));
}
