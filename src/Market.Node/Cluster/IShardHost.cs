using Market.Actors.Journal;
using Market.Actors.Mailboxes;

namespace Market.Node.Cluster;

/// <summary>The engine as the cluster sees it: shards come and go.</summary>
public interface IShardHost
{
    /// <summary>Recovers a shard from the journal and lets it take turns; nothing when it does already. Returns when it is done.</summary>
    /// <exception cref="JournalUnavailableException">The journal cannot be read now.</exception>
    Task OwnAsync(StreamId shard);

    /// <summary>The shard takes no more turns, and what waits in its mailbox is forgotten: its queue has it still. Returns when it is done.</summary>
    Task DisownAsync(StreamId shard);

    /// <summary>Where an owned shard's mail goes.</summary>
    Mailbox MailboxOf(StreamId shard);

    /// <summary>The shards that take turns, and the number of the next event of each.</summary>
    Task<IReadOnlyList<(StreamId Shard, long NextSequence)>> OwnedAsync();

    /// <summary>Why the journal cannot be written now; null when it can.</summary>
    string? Down { get; }
}
