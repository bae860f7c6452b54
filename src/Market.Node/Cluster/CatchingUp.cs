using System.Threading.Channels;
using Market.Actors.Journal;
using Market.Actors.Views;

namespace Market.Node.Cluster;

/// <summary>Reads from the journal what the views missed. Over a connection of its own, so that the engine waits for nobody.</summary>
/// <param name="open">Opens the journal.</param>
public sealed class CatchingUp(Func<IJournal> open, NodeViews views, TimeProvider time, ILogger logger)
{
    /// <summary>What is missing may be on its way: so long it is waited for before the journal is read, in ms.</summary>
    private const int PatienceMs = 100;

    private readonly Channel<(StreamId Shard, long Next)> _behind = Channel.CreateBounded<(StreamId, long)>(
        new BoundedChannelOptions(1_024) { FullMode = BoundedChannelFullMode.DropWrite, SingleReader = true });

    /// <summary>Asks for a shard to be read, unless the views come to have all before <paramref name="next"/>; soon, and once for many askings.</summary>
    public void Ask(StreamId shard, long next = long.MaxValue) => _behind.Writer.TryWrite((shard, next));

    /// <summary>Shows the views all that the journal has of a shard and they have not.</summary>
    /// <param name="owner">Hears of it too: what the last owner may have told nobody any more. Null for nobody.</param>
    /// <exception cref="JournalUnavailableException">It cannot be read now.</exception>
    public static void Read(IJournal journal, NodeViews views, StreamId shard, IOwnerListener? owner = null)
    {
        var view = views.Markets[shard.Market];
        foreach (var turn in journal.Read(new Dictionary<StreamId, long> { [shard] = view.NextSequenceOf(shard.Shard) })) { view.Committed(turn, owner); }
    }

    public async Task RunAsync(CancellationToken cancel)
    {
        while (await _behind.Reader.WaitToReadAsync(cancel))
        {
            await Task.Delay(TimeSpan.FromMilliseconds(PatienceMs), time, cancel);
            var shards = new HashSet<StreamId>();
            while (_behind.Reader.TryRead(out var asked))
            {
                if (views.Markets[asked.Shard.Market].NextSequenceOf(asked.Shard.Shard) < asked.Next) { shards.Add(asked.Shard); }
            }
            if (shards.Count == 0) { continue; }
            try
            {
                using var journal = open();
                foreach (var shard in shards) { Read(journal, views, shard); }
            }
            catch (JournalUnavailableException unavailable)
            {
                logger.LogWarning("The views of this node are behind, and the journal cannot be read: {Reason}", unavailable.Message);
                await Task.Delay(TimeSpan.FromSeconds(1), time, cancel);
            }
        }
    }
}
