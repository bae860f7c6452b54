using Market.Actors.Gibber;
using Market.Actors.Plantations;
using Market.Actors.Prices;
using Market.Actors.Traders;
using Market.Protocol.Values;

namespace Market.Actors.Runtime;

/// <summary>All the parameters of one market. Immutable.</summary>
public sealed record MarketRules
{
    public required MarketId Market { get; init; }

    /// <summary>
    /// How many shards share the market's actors; default 16, range 1 to 1,024. For good: which shard an actor lives on depends on it.
    /// </summary>
    public int Shards { get; init; } = 16;

    /// <summary>Teams that may be joined, in the order they are shown.</summary>
    public IReadOnlyList<string> Teams { get; init; } = ["ALOUATE", "BONOBO", "CAPUCIN", "DRILL", "SAGOUIN"];

    public TraderRules Traders { get; init; } = new();

    public PriceRules Price { get; init; } = new();

    public PlantationRules Plantation { get; init; } = new();

    public GibberRules Gibber { get; init; } = new();

    /// <summary>
    /// Most commands and requests that wait in one shard's mailbox, and so in one turn; default 2,048, range 1 to 65,536.
    /// Past a thousand a turn gains little speed and costs latency. 128 bytes each: 256 KiB a shard.
    /// </summary>
    public int MailboxCapacity { get; init; } = 2_048;
}
