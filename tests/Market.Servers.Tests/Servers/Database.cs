using Npgsql;

namespace Market.Servers.Tests.Servers;

/// <summary>A private PostgreSQL with the two roles of a journal: one that owns it, and one that a node has.</summary>
public sealed class Database : IDisposable
{
    public const string Owner = "journal_owner";
    public const string Node = "journal_node";

    private readonly ServerFolder _folder = new();
    private int _homes;

    public Database()
    {
        Needed.Server(PostgresServer.Missing);
        Open(_folder.Path);
        Server = PostgresServer.Start(Path.Combine(_folder.Path, "postgres"), FreePort.Next());
        Run($"CREATE ROLE {Owner} LOGIN; CREATE ROLE {Node} LOGIN; GRANT CREATE ON DATABASE postgres TO {Owner}");
    }

    public PostgresServer Server { get; }

    /// <summary>A schema of its own.</summary>
    public JournalHome NewHome() => new(this, $"journal{++_homes}");

    /// <summary>As the database's administrator.</summary>
    public void Run(string sql) => Run("postgres", sql);

    public void Run(string role, string sql)
    {
        using var connection = Connect(role);
        using var command = new NpgsqlCommand(sql, connection);
        command.ExecuteNonQuery();
    }

    public T Ask<T>(string sql)
    {
        using var connection = Connect("postgres");
        using var command = new NpgsqlCommand(sql, connection);
        return (T)command.ExecuteScalar()!;
    }

    public NpgsqlConnection Connect(string role)
    {
        var connection = new NpgsqlConnection($"{Server.As(role)};Pooling=false");
        connection.Open();
        return connection;
    }

    public void Dispose()
    {
        Server.Dispose();
        _folder.Dispose();
    }

    /// <summary>Where root starts it, the server is another user, who must come by here.</summary>
    private static void Open(string folder)
    {
        if (!OperatingSystem.IsWindows()) { File.SetUnixFileMode(folder, File.GetUnixFileMode(folder) | UnixFileMode.GroupExecute | UnixFileMode.OtherExecute); }
    }
}
