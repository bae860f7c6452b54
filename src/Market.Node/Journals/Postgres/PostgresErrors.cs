using System.Net.Sockets;
using Market.Actors.Journal;
using Npgsql;

namespace Market.Node.Journals.Postgres;

/// <summary>The driver's and the database's errors in the journal's words: what happened, and what to do.</summary>
internal static class PostgresErrors
{
    /// <summary>Whether an exception is one that <see cref="Of"/> knows words for; any other is a fault of the program.</summary>
    public static bool Known(Exception failed) => failed is NpgsqlException or TimeoutException or IOException or SocketException;

    /// <param name="place">Where the database is.</param>
    public static Exception Of(Exception failed, string place) => failed switch
    {
        PostgresException { SqlState: PostgresErrorCodes.DataCorrupted or PostgresErrorCodes.IndexCorrupted } damaged =>
            new JournalCorruptException($"{place} is damaged; restore it from a copy. ({damaged.MessageText})", damaged),
        PostgresException said => new JournalUnavailableException($"{Advice(said.SqlState, place)} (PostgreSQL {said.SqlState}: {said.MessageText})", said),
        _ => new JournalUnavailableException($"{place} does not answer: look whether it runs and can be reached. What was being written may or may not be kept. ({Innermost(failed)})", failed),
    };

    private static string Advice(string code, string place) => code switch
    {
        PostgresErrorCodes.DiskFull => $"The disk of {place} is full: free space on it.",
        PostgresErrorCodes.OutOfMemory => $"{place} has no memory left: give it more.",
        PostgresErrorCodes.TooManyConnections => $"{place} has no connection left: raise max_connections, or end other programs.",
        PostgresErrorCodes.InvalidPassword or PostgresErrorCodes.InvalidAuthorizationSpecification => $"{place} refuses the user: look at the user, the password and pg_hba.conf.",
        PostgresErrorCodes.InvalidCatalogName => $"{place} is not there: create the database.",
        PostgresErrorCodes.InsufficientPrivilege => $"{place} may not be used so by this role: migrate it with its owner, naming this role as the writer.",
        PostgresErrorCodes.UndefinedTable or PostgresErrorCodes.InvalidSchemaName => $"{place} has no journal: migrate it with its owner's role.",
        PostgresErrorCodes.ReadOnlySqlTransaction => $"{place} cannot be written: connect to the primary.",
        PostgresErrorCodes.QueryCanceled => $"{place} is too slow, or another owner holds what is to be written: look at its load and its locks.",
        PostgresErrorCodes.DeadlockDetected => $"Another owner is writing to the same streams of {place}: read again what it wrote.",
        PostgresErrorCodes.CannotConnectNow => $"{place} is starting or stopping: it is tried again.",
        PostgresErrorCodes.AdminShutdown or PostgresErrorCodes.CrashShutdown => $"{place} ended the connection: it is opened again at the next use. What was being written may or may not be kept.",
        _ => $"{place} cannot be used: look at its log.",
    };

    private static string Innermost(Exception failed)
    {
        while (failed.InnerException is { } inner) { failed = inner; }
        return failed.Message;
    }
}
