using Market.Node.Doors.Http;
using Market.Node.Hosting;
using Market.Protocol.Values;

namespace Market.Node.Inspection;

/// <summary>What is below an address, a page at a time. Traders are seen through the market's view, so that no shard is held up however many there are.</summary>
public sealed class HierarchyLooks(MarketNode node, Owners owners, BoardCache boards)
{
    private const int MaxRows = 1_000;

    /// <summary>Traders looked at while the view is locked.</summary>
    private const int Stride = 1_000;

    /// <summary>Of the place where a team's next page begins, the bits that hold the slot; those above hold the shard.</summary>
    private const int SlotBits = 32;

    public async Task ListAsync(HttpContext http)
    {
        if (await owners.PathAsync(http, "/") is not { } path) { return; }
        if (await Queries.NumberAsync(http, "from", 0, 0, long.MaxValue) is not { } from) { return; }
        if (await Queries.NumberAsync(http, "limit", 20, 1, MaxRows) is not { } limit) { return; }
        if (path.Kind is ActorKind.Shard && owners.StreamOf(path) is null)
        {
            await Problem.NotFound($"There is no {path}.").SendAsync(http);
            return;
        }
        await Gate.SendAsync(http, Below(path, from, (int)limit, http.RequestAborted));
    }

    private ShownChildren Below(ActorPath path, long from, int limit, CancellationToken cancel)
    {
        if (path.Kind is ActorKind.Root) { return Page(path, node.Markets.Keys.OrderBy(id => id.Value, StringComparer.Ordinal).Select(id => Child(new ActorPath(ActorKind.Everything, id), 6)), from, limit); }
        var market = node.Markets[path.Market];
        return path.Kind switch
        {
            ActorKind.Everything => Page(path, Everything(market), from, limit),
            ActorKind.Teams => Page(path, boards.Of(market, 0).Teams.Select(team => Child(new ActorPath(ActorKind.Team, market.Id, team.Team), team.Traders)), from, limit),
            ActorKind.Team => Team(market, path, from, limit, cancel),
            ActorKind.Shards => Page(path, Enumerable.Range(0, market.Rules.Shards).Select(shard => Child(new ActorPath(ActorKind.Shard, market.Id, Shard: shard))), from, limit),
            ActorKind.Shard => OnShard(market, path, from, limit),
            _ => new ShownChildren(path.ToString(), []),
        };
    }

    private IEnumerable<ShownChild> Everything(RunningMarket market)
    {
        foreach (var kind in (ActorKind[])[ActorKind.Market, ActorKind.Price, ActorKind.Plantation, ActorKind.Gibber])
        {
            var path = new ActorPath(kind, market.Id);
            yield return Child(path) with { Shard = owners.StreamOf(path)?.Shard };
        }
        yield return Child(new ActorPath(ActorKind.Teams, market.Id), market.Rules.Teams.Count);
        yield return Child(new ActorPath(ActorKind.Shards, market.Id), market.Rules.Shards);
    }

    private static ShownChildren OnShard(RunningMarket market, ActorPath path, long from, int limit)
    {
        var traders = market.View.TradersOf(path.Shard, (int)Math.Min(from, int.MaxValue), limit + 1);
        return new ShownChildren(path.ToString(), [.. traders.Take(limit).Select(each => TraderOf(market, each, path.Shard))], traders.Count > limit ? from + limit : null);
    }

    private static ShownChildren Team(RunningMarket market, ActorPath path, long from, int limit, CancellationToken cancel)
    {
        var found = new List<ShownChild>();
        var slot = (int)(from & int.MaxValue);
        for (var shard = from >> SlotBits; shard < market.Rules.Shards; shard++, slot = 0)
        {
            for (IReadOnlyList<(TraderKey Key, TraderState State)> some; (some = market.View.TradersOf((int)shard, slot, Stride)).Count > 0;)
            {
                cancel.ThrowIfCancellationRequested();
                foreach (var each in some)
                {
                    if (each.Key.Team == path.Team)
                    {
                        if (found.Count == limit) { return new ShownChildren(path.ToString(), found, (shard << SlotBits) | (uint)slot); }
                        found.Add(TraderOf(market, each, (int)shard));
                    }
                    slot++;
                }
            }
        }
        return new ShownChildren(path.ToString(), found);
    }

    private static ShownChild TraderOf(RunningMarket market, (TraderKey Key, TraderState State) each, int shard) =>
        Child(new ActorPath(ActorKind.Trader, market.Id, Trader: each.Key)) with
        {
            Shard = shard,
            State = Gate.Element(new { coins = each.State.Coins.ToDecimal(), shares = each.State.Shares, score = each.State.Score }),
        };

    private static ShownChild Child(ActorPath path, long? children = null) => new(path.ToString(), path.Kind switch
    {
        ActorKind.Everything => "market and all below",
        ActorKind.Teams => "teams",
        ActorKind.Shards => "shards",
        _ => path.Kind.ToString().ToLowerInvariant(),
    }, children);

    private static ShownChildren Page(ActorPath path, IEnumerable<ShownChild> all, long from, int limit)
    {
        var page = all.Skip((int)Math.Min(from, int.MaxValue)).Take(limit + 1).ToList();
        return new ShownChildren(path.ToString(), [.. page.Take(limit)], page.Count > limit ? from + limit : null);
    }
}
