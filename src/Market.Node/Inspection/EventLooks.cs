using Market.Node.Doors.Http;
using Market.Node.Hosting;
using Market.Node.Records;
using Market.Protocol.Messages;

namespace Market.Node.Inspection;

/// <summary>Looks at what happened to an actor, as the journal has it, which every node of a cluster can read.</summary>
public sealed class EventLooks(MarketNode node, Owners owners, TraderHistory history, StreamReading reading)
{
    private const int MaxRows = 1_000;

    /// <summary>Without a number to begin with, the newest are looked for among so many events.</summary>
    private const int Lately = 10_000;

    public static Problem Busy { get; } = new(StatusCodes.Status429TooManyRequests, "BUSY", null, "Others are reading the journal; come back in a second.") { RetryAfterMs = 1_000 };

    public async Task ListAsync(HttpContext http)
    {
        if (await owners.PathAsync(http) is not { } path) { return; }
        if (await Queries.NumberAsync(http, "from", 0, 0, long.MaxValue) is not { } from) { return; }
        if (await Queries.NumberAsync(http, "limit", 20, 1, MaxRows) is not { } limit) { return; }
        if (owners.StreamOf(path) is not { } stream)
        {
            await Problem.NotFound($"{path} is no actor; what is below it shows: actor hierarchy {path}").SendAsync(http);
            return;
        }
        var market = node.Markets[path.Market];
        var shown = path.Kind is ActorKind.Trader
            ? await OfTraderAsync(market, path, Math.Max(1, from), (int)limit, http.RequestAborted)
            : await OfStreamAsync(market, path, stream.Shard, from, (int)limit, http.RequestAborted);
        await (shown is null ? Busy.SendAsync(http) : Gate.SendAsync(http, shown));
    }

    private async Task<ShownEvents?> OfTraderAsync(RunningMarket market, ActorPath path, long from, int limit, CancellationToken cancel)
    {
        if (await history.ReadAsync(market, path.Trader!, from, limit, cancel) is not { } events) { return null; }
        return new ShownEvents(path.ToString(), [.. events.Select(happened => Gate.Element(happened.Write))], events.Count == limit ? events[^1].Seq + 1 : null);
    }

    private async Task<ShownEvents?> OfStreamAsync(RunningMarket market, ActorPath path, int shard, long from, int limit, CancellationToken cancel)
    {
        var end = market.View.NextSequenceOf(shard);
        var newest = from == 0;
        var read = await reading.ReadAsync(market, shard, newest ? end - Lately : from, end, newest ? Lately : limit, Wanted(path.Kind), cancel);
        if (read is not var (events, next)) { return null; }
        return new ShownEvents(path.ToString(), [.. (newest ? events.TakeLast(limit) : events).Select(Gate.Element)], newest ? null : next);
    }

    private static Func<MarketEvent?, bool>? Wanted(ActorKind kind) => kind switch
    {
        ActorKind.Market => happened => happened is MarketOpened or MarketMoved,
        ActorKind.Price => happened => happened is PriceTicked or HypeMoved or BurstStepped,
        ActorKind.Plantation => happened => happened is Planted or Harvested,
        ActorKind.Gibber => happened => happened is GibbPosted,
        _ => null,
    };
}
