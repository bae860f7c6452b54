using Market.Actors.Cluster;
using Market.Protocol.Values;

namespace Market.Node.Doors.Amqp;

/// <summary>
/// The commands of the queue that are not acknowledged: when this node dies all of them come again. A trader who has as many as may come again without harm
/// waits, and those behind it in the queue too. Safe for many threads.
/// </summary>
/// <param name="most">Of each market, how many commands of a trader may come again.</param>
public sealed class OpenCommands(IReadOnlyDictionary<MarketId, int> most)
{
    private readonly Bell _room = new();
    private readonly Lock _gate = new();

    // Owned by the gate; by market.
    private readonly Dictionary<MarketId, Redeliverable> _open = most.ToDictionary(market => market.Key, market => new Redeliverable(market.Value));

    /// <summary>Returns when there is room for it: at once for a market that this node does not know, where nothing is done.</summary>
    public async ValueTask AddAsync(ulong mark, MarketId market, TraderKey trader, CancellationToken cancel)
    {
        while (!TryAdd(mark, market, trader)) { await _room.WaitAsync(cancel); }
    }

    /// <summary>All deliveries up to this one are acknowledged.</summary>
    public void Acknowledged(ulong upTo)
    {
        lock (_gate)
        {
            foreach (var market in _open.Values) { market.AcknowledgedUpTo(upTo); }
        }
        _room.Ring();
    }

    private bool TryAdd(ulong mark, MarketId market, TraderKey trader)
    {
        lock (_gate) { return !_open.TryGetValue(market, out var open) || open.TryAdd(mark, [trader]); }
    }
}
