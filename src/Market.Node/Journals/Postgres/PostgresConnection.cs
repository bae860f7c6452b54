using Market.Actors.Journal;
using Npgsql;
using NpgsqlTypes;

namespace Market.Node.Journals.Postgres;

/// <summary>One process of the database, which works for one connection.</summary>
/// <param name="Started">Tells it from a later one with the same number.</param>
internal readonly record struct Backend(int Process, DateTime Started);

/// <summary>
/// The connection that a journal writes through. What the database promises is asked for when it opens: an append is durable when it answers, or there
/// is no journal. What was given to the connection before this one is settled first: kept, or never to be.
/// </summary>
internal sealed class PostgresConnection : IDisposable
{
    private PostgresConnection(NpgsqlConnection raw, Backend backend)
    {
        Raw = raw;
        Backend = backend;
    }

    public NpgsqlConnection Raw { get; }

    public Backend Backend { get; }

    /// <param name="before">Who worked for the connection before; null when there was none.</param>
    /// <exception cref="JournalUnavailableException">The database cannot promise what a journal needs, or <paramref name="before"/> does not end.</exception>
    public static PostgresConnection Open(NpgsqlDataSource source, PostgresOptions options, Backend? before)
    {
        var raw = source.OpenConnection();
        try
        {
            if (before is { } last) { End(raw, last, options); }
            var backend = RequirePromises(raw, options);
            PostgresSchema.RequireCurrent(raw, options);
            return new PostgresConnection(raw, backend);
        }
        catch
        {
            raw.Dispose();
            throw;
        }
    }

    public void Dispose() => Raw.Dispose();

    private static Backend RequirePromises(NpgsqlConnection raw, PostgresOptions options)
    {
        using var command = new NpgsqlCommand(
            "SELECT current_setting('fsync'), current_setting('synchronous_commit'), pg_is_in_recovery(), pid, backend_start FROM pg_stat_activity WHERE pid = pg_backend_pid()",
            raw);
        using var row = command.ExecuteReader();
        row.Read();
        if (row.GetBoolean(2)) { throw new JournalUnavailableException($"{options.Place} is a standby: connect to the primary."); }
        if (row.GetString(0) is var fsync and not "on") { throw new JournalUnavailableException($"{options.Place} has fsync = {fsync}, so that it forgets what it confirmed: switch it on in postgresql.conf."); }
        if (row.GetString(1) is var commit and not ("on" or "remote_apply"))
        {
            throw new JournalUnavailableException($"{options.Place} has synchronous_commit = {commit} for this role, so that it confirms before it keeps: ALTER ROLE … SET synchronous_commit = on.");
        }
        return new Backend(row.GetInt32(3), row.GetDateTime(4));
    }

    /// <summary>
    /// Nobody answers any more for what the lost connection was doing, but the database may still do it, and commit it after it was looked for. So it is
    /// ended, and waited for; half the time of a statement is left to say that it does not end.
    /// </summary>
    private static void End(NpgsqlConnection raw, Backend last, PostgresOptions options)
    {
        using var command = new NpgsqlCommand("SELECT pg_terminate_backend(pid, $3) FROM pg_stat_activity WHERE pid = $1 AND backend_start = $2", raw)
        {
            Parameters =
            {
                new() { Value = last.Process },
                new() { Value = last.Started, NpgsqlDbType = NpgsqlDbType.TimestampTz },
                new() { Value = (long)options.StatementTimeout.TotalMilliseconds / 2 },
            },
        };
        if (command.ExecuteScalar() is false)
        {
            throw new JournalUnavailableException($"{options.Place} still works on what was written last, and does not end: look at its process {last.Process}. Until then it is unknown what is kept.");
        }
    }
}
