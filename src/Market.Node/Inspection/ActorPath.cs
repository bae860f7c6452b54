using System.Globalization;
using Market.Protocol.Values;

namespace Market.Node.Inspection;

/// <summary>What an address names.</summary>
public enum ActorKind
{
    /// <summary><c>/</c>: all markets.</summary>
    Root,

    /// <summary><c>/banana</c></summary>
    Everything,

    /// <summary><c>/banana/market</c>: the actor that opens, pauses and ends it.</summary>
    Market,

    Price,
    Plantation,
    Gibber,

    /// <summary><c>/banana/trader</c></summary>
    Teams,

    /// <summary><c>/banana/trader/BONOBO</c></summary>
    Team,

    /// <summary><c>/banana/trader/BONOBO/alice</c></summary>
    Trader,

    /// <summary><c>/banana/shard</c></summary>
    Shards,

    /// <summary><c>/banana/shard/3</c></summary>
    Shard,
}

/// <summary>An actor's address as people write it. A trader's name is all that follows its team, slashes included.</summary>
/// <param name="Market">Of meaning for all but <see cref="ActorKind.Root"/>.</param>
/// <param name="Team">Of a team only.</param>
/// <param name="Trader">Of a trader only.</param>
/// <param name="Shard">Of a shard only; not negative, perhaps more than there are.</param>
public sealed record ActorPath(ActorKind Kind, MarketId Market = default, string? Team = null, TraderKey? Trader = null, int Shard = 0)
{
    private static readonly Dictionary<string, ActorKind> Single = new(StringComparer.Ordinal)
    {
        ["market"] = ActorKind.Market,
        ["price"] = ActorKind.Price,
        ["plantation"] = ActorKind.Plantation,
        ["gibber"] = ActorKind.Gibber,
        ["trader"] = ActorKind.Teams,
        ["shard"] = ActorKind.Shards,
    };

    /// <returns>Null for what is no address.</returns>
    public static ActorPath? TryRead(string? text)
    {
        if (text is not ['/', ..]) { return null; }
        if (text == "/") { return new ActorPath(ActorKind.Root); }
        var parts = text[1..].Split('/', 4);
        if (!MarketId.TryRead(parts[0], out var market)) { return null; }
        return parts switch
        {
            [_] => new ActorPath(ActorKind.Everything, market),
            [_, var one] when Single.TryGetValue(one, out var kind) => new ActorPath(kind, market),
            [_, "shard", var number] when int.TryParse(number, NumberStyles.None, CultureInfo.InvariantCulture, out var shard) => new ActorPath(ActorKind.Shard, market, Shard: shard),
            [_, "trader", var team] when TraderKey.IsName(team) => new ActorPath(ActorKind.Team, market, team),
            [_, "trader", var team, var name] when TraderKey.IsName(team) && TraderKey.IsName(name) => new ActorPath(ActorKind.Trader, market, Trader: new TraderKey(team, name)),
            _ => null,
        };
    }

    public override string ToString() => Kind switch
    {
        ActorKind.Root => "/",
        ActorKind.Everything => $"/{Market}",
        ActorKind.Teams => $"/{Market}/trader",
        ActorKind.Team => $"/{Market}/trader/{Team}",
        ActorKind.Trader => $"/{Market}/trader/{Trader}",
        ActorKind.Shards => $"/{Market}/shard",
        ActorKind.Shard => string.Create(CultureInfo.InvariantCulture, $"/{Market}/shard/{Shard}"),
        _ => $"/{Market}/{Kind.ToString().ToLowerInvariant()}",
    };
}
