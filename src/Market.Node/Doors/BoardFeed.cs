using System.Collections.Concurrent;
using System.Collections.Immutable;
using Market.Node.Hosting;
using Market.Protocol.Values;

namespace Market.Node.Doors;

/// <summary>Makes a market's board for all who listen to it: once a second at most, when it changed, and never while nobody listens.</summary>
public sealed class BoardFeed(MarketNode node, TimeProvider time) : BackgroundService
{
    /// <summary>Traders on a board that is pushed; the whole of it can be asked for.</summary>
    public const int PushedTraders = 100;

    private static readonly TimeSpan Every = TimeSpan.FromSeconds(1);
    private readonly ConcurrentDictionary<MarketId, ImmutableArray<Action<byte[]>>> _listeners = new();

    /// <summary>Hears boards from the next one on; the one that stands is given at once.</summary>
    public void Listen(RunningMarket market, Action<byte[]> listener)
    {
        listener(Make(market));
        _listeners.AddOrUpdate(market.Id, [listener], (_, listeners) => listeners.Add(listener));
    }

    public void Leave(RunningMarket market, Action<byte[]> listener) =>
        _listeners.AddOrUpdate(market.Id, [], (_, listeners) => listeners.Remove(listener));

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        var shown = new Dictionary<MarketId, (long Changes, bool Final)>();
        using var timer = new PeriodicTimer(Every, time);
        while (await timer.WaitForNextTickAsync(stoppingToken))
        {
            foreach (var (id, listeners) in _listeners)
            {
                if (!listeners.IsEmpty) { Push(node.Markets[id], listeners, shown); }
            }
        }
    }

    private void Push(RunningMarket market, ImmutableArray<Action<byte[]>> listeners, Dictionary<MarketId, (long, bool)> shown)
    {
        var now = (market.View.BoardChanges, market.View.IsFinal);
        if (shown.TryGetValue(market.Id, out var last) && last == now) { return; }
        shown[market.Id] = now;
        var frame = Make(market);
        foreach (var listener in listeners) { listener(frame); }
    }

    private byte[] Make(RunningMarket market) => Frames.Board(market.View.Board(PushedTraders, node.Clock.Now));
}
