using System.Collections.Concurrent;
using Market.Actors.Journal;
using Market.Actors.Mailboxes;
using Market.Actors.Runtime;
using Market.Actors.Views;
using Market.Node.Hosting;

namespace Market.Node.Cluster;

/// <summary>The shards of this node's engine, asked and told on the engine's own thread.</summary>
/// <param name="journal">The engine's own: used on its thread only.</param>
/// <param name="mailboxes">Where owned shards' mail goes.</param>
/// <param name="owner">Hears what shards bring that come to live here; null for nobody.</param>
public sealed class EngineShards(
    Engine engine, EngineThread thread, IJournal journal, NodeViews views, IReadOnlyDictionary<StreamId, Mailbox> mailboxes, ClusterCounters counters, IOwnerListener? owner) : IShardHost
{
    // Changed on the engine's thread, looked at by any: those that were owned and not disowned since. One that stopped is still among them.
    private readonly ConcurrentDictionary<StreamId, bool> _owned = new();

    public string? Down => engine.Down;

    /// <summary>Each mail asks, and nearly always the answer is known: to ask the engine's thread would be to wait for what it is journaling just now.</summary>
    public Task OwnAsync(StreamId shard) =>
        engine.Down is null && _owned.ContainsKey(shard) && !engine.Stopped.ContainsKey(shard) ? Task.CompletedTask : TakeAsync(shard);

    public Task DisownAsync(StreamId shard) => thread.InvokeAsync(() =>
    {
        _owned.TryRemove(shard, out _);
        if (engine.Shards.Any(owned => owned.Stream == shard)) { counters.CountGiven(); }
        engine.Disown(shard);
        return true;
    });

    public Mailbox MailboxOf(StreamId shard) => mailboxes[shard];

    public Task<IReadOnlyList<(StreamId Shard, long NextSequence)>> OwnedAsync() => thread.InvokeAsync<IReadOnlyList<(StreamId, long)>>(
        () => [.. engine.Shards.Select(shard => (shard.Stream, shard.NextSequence))]);

    /// <summary>The views first: what they missed of the shard must not be missed any more once its turns are made here.</summary>
    private Task<bool> TakeAsync(StreamId shard) => thread.InvokeAsync(() =>
    {
        if (engine.Shards.Any(owned => owned.Stream == shard)) { return false; }
        if (engine.Down is { } down) { throw new JournalUnavailableException(down); } // asked for again and again: the journal is not read each time
        CatchingUp.Read(journal, views, shard, owner);
        engine.Own(shard);
        _owned[shard] = true;
        counters.CountTaken();
        return true;
    });
}
