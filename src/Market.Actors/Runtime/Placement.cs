using Market.Protocol.Values;

namespace Market.Actors.Runtime;

/// <summary>Which shard each actor lives on: a stable hash of its key, the same on every machine and in every version.</summary>
public sealed class Placement
{
    public Placement(MarketId market, int shards)
    {
        Market = market;
        Shards = shards;
        MarketShard = Of($"/{market}/market");
        PriceShard = Of($"/{market}/price");
        PlantationShard = Of($"/{market}/plantation");
        GibberShard = Of($"/{market}/gibber");
    }

    public MarketId Market { get; }

    public int Shards { get; }

    public int MarketShard { get; }

    public int PriceShard { get; }

    public int PlantationShard { get; }

    public int GibberShard { get; }

    public int Of(TraderKey trader) => (int)(trader.Hash % (ulong)Shards);

    private int Of(string path) => (int)(StableHash.Hash64(path) % (ulong)Shards);
}
