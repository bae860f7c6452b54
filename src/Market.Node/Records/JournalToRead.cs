using Market.Actors.Journal;
using Market.Node.Journals.Postgres;
using Market.Node.Journals.Sqlite;

namespace Market.Node.Records;

/// <summary>The journal that a verb reads: a node's own, or the one that a cluster shares.</summary>
internal static class JournalToRead
{
    /// <summary>Names the cluster's database, as it does for its nodes.</summary>
    private const string Database = "MARKET_POSTGRES";

    /// <param name="cluster">Name of the cluster whose journal it is; null for the one in the data folder.</param>
    /// <exception cref="JournalUnavailableException">There is none, or it cannot be read now.</exception>
    public static IJournal Open(string dataFolder, string? cluster) => cluster is null ? SqliteJournal.OpenReadOnly(dataFolder) : OpenShared(cluster);

    private static PostgresJournal OpenShared(string cluster)
    {
        if (Environment.GetEnvironmentVariable(Database) is not { Length: > 0 } database)
        {
            throw new JournalUnavailableException($"{Database} must say where the cluster's database is, e.g. Host=127.0.0.1;Database=market;Username=market;Password=SECRET");
        }
        try
        {
            return PostgresJournal.Open(new PostgresOptions { ConnectionString = database, Schema = cluster });
        }
        catch (ArgumentException wrong)
        {
            throw new JournalUnavailableException(wrong.Message, wrong);
        }
    }
}
