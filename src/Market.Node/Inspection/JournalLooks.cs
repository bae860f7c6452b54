using Market.Node.Config;
using Market.Node.Doors.Http;
using Market.Node.Hosting;

namespace Market.Node.Inspection;

/// <summary>Looks at the journal: what this node did with it, its newest events, and an audit.</summary>
public sealed class JournalLooks(MarketNode node, Membership members, NodeOptions options, StreamReading reading, AuditDesk audit)
{
    private const int MaxRows = 1_000;

    public Task StatsAsync(HttpContext http)
    {
        var counters = node.Engine.Counters;
        var streams = members.Shards.Select(shard => new ShownStream(ShardLooks.PathOf(shard), node.Markets[shard.Market].View.NextSequenceOf(shard.Shard)));
        return Gate.SendAsync(http, new ShownJournal(
            members.Self, options.Cluster is null ? "SQLite" : "PostgreSQL", node.Engine.Down is null, counters.Appends, counters.Turns, counters.Events, counters.Bytes,
            counters.RecoveredEvents, [.. streams], node.Engine.Down));
    }

    /// <summary>The newest events of a market, of all its shards in the order of their times; or of one shard, from a number on.</summary>
    public async Task TailAsync(HttpContext http)
    {
        if (await node.MarketAsync(http) is not { } market) { return; }
        if (await Queries.NumberAsync(http, "limit", 20, 1, MaxRows) is not { } limit) { return; }
        if (await Queries.NumberAsync(http, "from", 0, 0, long.MaxValue) is not { } from) { return; }
        if (await Queries.NumberAsync(http, "shard", -1, 0, market.Rules.Shards - 1) is not { } one) { return; }
        var found = new List<ShownEvent>();
        long? next = null;
        foreach (var shard in one < 0 ? Enumerable.Range(0, market.Rules.Shards) : [(int)one])
        {
            var end = market.View.NextSequenceOf(shard);
            var read = await reading.ReadAsync(market, shard, one >= 0 && from > 0 ? from : end - limit, end, (int)limit, null, http.RequestAborted);
            if (read is not var (events, more))
            {
                await EventLooks.Busy.SendAsync(http);
                return;
            }
            found.AddRange(events);
            next = more;
        }
        var newest = found.OrderBy(each => each.Time, StringComparer.Ordinal).ThenBy(each => each.Shard, StringComparer.Ordinal).ThenBy(each => each.Seq).TakeLast((int)limit);
        await Gate.SendAsync(http, new ShownEvents($"/{market.Id}", [.. newest.Select(Gate.Element)], one >= 0 ? next : null));
    }

    public Task AuditAsync(HttpContext http) => Gate.SendAsync(http, audit.Now);

    public Task BeginAuditAsync(HttpContext http)
    {
        audit.Begin();
        return Gate.SendAsync(http, audit.Now, StatusCodes.Status202Accepted);
    }
}
