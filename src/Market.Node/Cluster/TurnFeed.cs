using System.Threading.Channels;
using Market.Actors.Journal;
using Market.Protocol.Values;
using Market.Protocol.Wire;

namespace Market.Node.Cluster;

/// <summary>
/// What this node's shards journaled, on its way to the views of all nodes: the first at once, what comes within a blink of it gathered into the next
/// message, because nobody sees the difference and every message costs the broker as much as an order. When the broker is slow the newest are left out:
/// who misses a turn reads it from the journal.
/// </summary>
public sealed class TurnFeed(Topology topology, TimeProvider time)
{
    /// <summary>Turns that may wait; at most 100 bytes an event, and 2,048 events in each.</summary>
    private const int MostWaiting = 1_000;

    /// <summary>About the most bytes in one message.</summary>
    private const int MessageBytes = 128 * 1024;

    /// <summary>Between two messages that are not full, in ms.</summary>
    private const int GatherMs = 10;

    private readonly Channel<(MarketId Market, byte[] Turn)> _waiting = Channel.CreateBounded<(MarketId, byte[])>(
        new BoundedChannelOptions(MostWaiting) { FullMode = BoundedChannelFullMode.DropWrite, SingleReader = true });

    /// <summary>Takes note of a durable turn. The engine's thread.</summary>
    public void Add(in JournaledTurn turn) => _waiting.Writer.TryWrite((turn.Stream.Market, turn.Bytes.ToArray()));

    /// <summary>Sends until cancelled.</summary>
    public async Task RunAsync(ConfirmedChannel channel, CancellationToken cancel)
    {
        var bytes = new BytesWriter();
        while (await _waiting.Reader.WaitToReadAsync(cancel))
        {
            bytes.Clear();
            while (bytes.Length < MessageBytes && _waiting.Reader.TryRead(out var turn)) { Write(bytes, turn.Market, turn.Turn); }
            await channel.PublishAsync(topology.Turns, "", bytes.Written.ToArray(), mandatory: false, null, cancel);
            if (bytes.Length < MessageBytes) { await Task.Delay(TimeSpan.FromMilliseconds(GatherMs), time, cancel); }
        }
    }

    /// <summary>The turns of one message, in its order.</summary>
    /// <exception cref="CorruptBytesException">Not such a message.</exception>
    public static IReadOnlyList<JournaledTurn> Read(ReadOnlySpan<byte> message)
    {
        var from = new BytesReader(message);
        var turns = new List<JournaledTurn>();
        while (!from.AtEnd)
        {
            if (!MarketId.TryRead(from.Text(), out var market)) { throw new CorruptBytesException("Not a market's id", from.Offset); }
            var bytes = from.Take(from.Count()).ToArray();
            var header = TurnFormat.Open(bytes);
            turns.Add(new JournaledTurn(new StreamId(market, header.Shard), header.FirstSequence, header.Count, bytes));
        }
        return turns;
    }

    private static void Write(BytesWriter to, MarketId market, byte[] turn)
    {
        to.Text(market.Value);
        to.Unsigned((uint)turn.Length);
        turn.CopyTo(to.Take(turn.Length));
    }
}
