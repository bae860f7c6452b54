using System.Collections.Concurrent;
using Market.Node.Hosting;
using Market.Protocol.Messages;
using Market.Protocol.Values;

namespace Market.Node.Doors.Http;

/// <summary>One ranking for a crowd that asks at once: a board is at most a fifth of a second old.</summary>
public sealed class BoardCache(MarketNode node)
{
    private const long MaxAgeMs = 200;

    private readonly ConcurrentDictionary<(MarketId Market, int Limit), (Board Board, bool Final)> _boards = new();

    /// <summary>Different lengths asked for; more than so many are not remembered.</summary>
    private const int MaxRemembered = 64;

    public Board Of(RunningMarket market, int limit)
    {
        var now = node.Clock.Now;
        if (_boards.TryGetValue((market.Id, limit), out var kept) && (kept.Final || now.MsSince(kept.Board.Time) < MaxAgeMs)) { return kept.Board; }
        var board = market.View.Board(limit, now);
        if (_boards.Count < MaxRemembered || _boards.ContainsKey((market.Id, limit))) { _boards[(market.Id, limit)] = (board, board.Final); }
        return board;
    }
}
