namespace Market.Node.Journals.Sqlite;

/// <summary>What a journal stands on and how it treats it. Only tests have other than the defaults.</summary>
internal sealed record SqliteMedium
{
    /// <summary>SQLite's file system, by its name; null for the system's own.</summary>
    public string? FileSystem { get; init; }

    /// <summary>FULL: a commit returns when it is on stable storage. Anything less loses what was acknowledged.</summary>
    public string Synchronous { get; init; } = "FULL";

    /// <summary>Pages of the write-ahead log before they are moved into the database: rare enough not to be felt by the slowest hundredth.</summary>
    public int CheckpointPages { get; init; } = 10_000;

    /// <summary>Given the log's path when its owner opens the journal.</summary>
    public Action<string> RenewLog { get; init; } = LogRenewal.Renew;
}
