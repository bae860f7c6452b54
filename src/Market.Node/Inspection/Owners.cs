using Market.Actors.Journal;
using Market.Actors.Runtime;
using Market.Node.Doors.Http;
using Market.Node.Hosting;
using Market.Protocol.Messages;

namespace Market.Node.Inspection;

/// <summary>From an address to the shard it lives on, and to the node that owns that.</summary>
public sealed class Owners(MarketNode node, Membership members, Gate gate)
{
    /// <summary>The address that a request names; answers the request itself when it names none, or one of a market that is not there.</summary>
    public async ValueTask<ActorPath?> PathAsync(HttpContext http, string fallback = "")
    {
        var text = http.Request.Query.TryGetValue("path", out var given) ? given.ToString() : fallback;
        if (ActorPath.TryRead(text) is not { } path)
        {
            await Problem.Malformed("path: an actor's address is needed, e.g. /banana/trader/BONOBO/alice, /banana/price or /banana/shard/3.").SendAsync(http);
            return null;
        }
        if (path.Kind is ActorKind.Root || node.Markets.ContainsKey(path.Market)) { return path; }
        await Problem.Of(Status.UnknownMarket).SendAsync(http);
        return null;
    }

    /// <summary>The shard an actor lives on; null for an address that holds others and is none itself, and for a shard that is not there.</summary>
    public StreamId? StreamOf(ActorPath path)
    {
        if (path.Kind is ActorKind.Root) { return null; }
        var shards = node.Markets[path.Market].Rules.Shards;
        var placement = new Placement(path.Market, shards);
        int? shard = path.Kind switch
        {
            ActorKind.Trader => placement.Of(path.Trader!),
            ActorKind.Market => placement.MarketShard,
            ActorKind.Price => placement.PriceShard,
            ActorKind.Plantation => placement.PlantationShard,
            ActorKind.Gibber => placement.GibberShard,
            ActorKind.Shard when path.Shard < shards => path.Shard,
            _ => null,
        };
        return shard is { } number ? new StreamId(path.Market, number) : null;
    }

    /// <summary>Looks at a shard that takes turns here; lets its owner answer when it is another node. Answers the request itself when nobody owns it.</summary>
    /// <returns>Null when the request was answered.</returns>
    public async Task<T?> LookAsync<T>(HttpContext http, StreamId stream, Func<Shard, T> look) where T : class
    {
        var seen = await node.LookAsync(engine => engine.Shards.FirstOrDefault(shard => shard.Stream == stream) is { } shard ? look(shard) : null, http.RequestAborted);
        if (seen is not null) { return seen; }
        if (members.OwnerOf(stream) is { } owner && owner.Node != members.Self)
        {
            await gate.AskAsync(http, owner);
            return null;
        }
        var why = node.Engine.Stopped.TryGetValue(stream, out var stopped) ? $"it stopped: {stopped}" : "it is on its way from one node to another; ask again";
        await new Problem(StatusCodes.Status503ServiceUnavailable, "NO_OWNER", null, $"Shard {stream} takes no turns now: {why}.") { RetryAfterMs = 500 }.SendAsync(http);
        return null;
    }
}
