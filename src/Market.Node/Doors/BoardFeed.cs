using System.Collections.Concurrent;
using System.Collections.Immutable;
using Market.Node.Hosting;
using Market.Protocol.Messages;
using Market.Protocol.Values;

namespace Market.Node.Doors;

/// <summary>A board for many listeners, whose bytes are made once.</summary>
public sealed class BoardNews(Board board)
{
    private byte[]? _alone;
    private byte[]? _frame;

    public long Seq => board.Seq;

    /// <summary>The message alone.</summary>
    public byte[] Alone => _alone ??= Frames.BoardAlone(board);

    /// <summary>The frame <c>{"board":…}</c>.</summary>
    public byte[] Frame => _frame ??= Frames.Keyed("board", Alone);
}

/// <summary>Makes a market's board for all who listen to it: once a second at most, when it changed, and never while nobody listens.</summary>
public sealed class BoardFeed(MarketNode node, TimeProvider time, ILogger<BoardFeed> logger) : BackgroundService
{
    /// <summary>Traders on a board that is pushed; the whole of it can be asked for.</summary>
    public const int PushedTraders = 100;

    private static readonly TimeSpan Every = TimeSpan.FromSeconds(1);
    private readonly ConcurrentDictionary<MarketId, ImmutableArray<Action<BoardNews>>> _listeners = new();

    /// <summary>Hears boards from the next one on; the one that stands is given at once.</summary>
    public void Listen(RunningMarket market, Action<BoardNews> listener)
    {
        listener(Make(market));
        _listeners.AddOrUpdate(market.Id, [listener], (_, listeners) => listeners.Add(listener));
    }

    public void Leave(RunningMarket market, Action<BoardNews> listener) =>
        _listeners.AddOrUpdate(market.Id, [], (_, listeners) => listeners.Remove(listener));

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        var shown = new Dictionary<MarketId, (long Changes, bool Final)>();
        using var timer = new PeriodicTimer(Every, time);
        while (await timer.WaitForNextTickAsync(stoppingToken))
        {
            try
            {
                foreach (var (id, listeners) in _listeners)
                {
                    if (!listeners.IsEmpty) { Push(node.Markets[id], listeners, shown); }
                }
            }
            catch (Exception failed)
            {
                logger.LogError(failed, "A board could not be made; the next is tried in a second");
            }
        }
    }

    private void Push(RunningMarket market, ImmutableArray<Action<BoardNews>> listeners, Dictionary<MarketId, (long, bool)> shown)
    {
        var now = (market.View.BoardChanges, market.View.IsFinal);
        if (shown.TryGetValue(market.Id, out var last) && last == now) { return; }
        shown[market.Id] = now;
        var news = Make(market);
        foreach (var listener in listeners) { listener(news); }
    }

    private BoardNews Make(RunningMarket market) => new(market.View.Board(PushedTraders, node.Clock.Now));
}
