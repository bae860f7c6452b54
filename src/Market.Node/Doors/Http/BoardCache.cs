using System.Collections.Concurrent;
using Market.Node.Hosting;
using Market.Protocol.Messages;
using Market.Protocol.Values;

namespace Market.Node.Doors.Http;

/// <summary>
/// One ranking for a crowd that asks at once, however many rows each wants. A board that has not changed is kept for a fifth of a second;
/// one that has, only for ten times as long as it took to make, so that a trader of a small market sees its own deed at once and a market of a
/// million spends no more than a tenth of its time on ranking.
/// </summary>
public sealed class BoardCache(MarketNode node, TimeProvider time)
{
    /// <summary>Most traders on one board.</summary>
    public const int MaxRows = 10_000;

    private readonly ConcurrentDictionary<MarketId, Shelf> _shelves = new();

    public Board Of(RunningMarket market, int limit)
    {
        var board = _shelves.GetOrAdd(market.Id, _ => new Shelf(market, node, time)).Get();
        return board.Traders.Count <= limit ? board : board with { Traders = [.. board.Traders.Take(limit)] };
    }

    /// <summary>The last board of one market. Who asks while it is being made waits for it.</summary>
    private sealed class Shelf(RunningMarket market, MarketNode node, TimeProvider time)
    {
        private const int TimesItsCost = 10;
        private static readonly TimeSpan Longest = TimeSpan.FromMilliseconds(200);

        private readonly Lock _gate = new();
        private Board? _board;
        private (long Changes, bool Final) _of;
        private long _madeAt;
        private TimeSpan _cost;

        public Board Get()
        {
            lock (_gate)
            {
                var now = (market.View.BoardChanges, market.View.IsFinal);
                return _board is { } kept && time.GetElapsedTime(_madeAt) < Patience(now) ? kept : Make(now);
            }
        }

        private TimeSpan Patience((long, bool) now) => now == _of || _cost * TimesItsCost > Longest ? Longest : _cost * TimesItsCost;

        private Board Make((long, bool) now)
        {
            var start = time.GetTimestamp();
            _board = market.View.Board(MaxRows, node.Clock.Now);
            (_of, _madeAt, _cost) = (now, time.GetTimestamp(), time.GetElapsedTime(start));
            return _board;
        }
    }
}
