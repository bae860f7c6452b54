using Market.Protocol.Values;

namespace Market.Protocol.Wire;

/// <summary>
/// Keys of traders lately written or read. What a shard writes down its views read a moment later, and a recovery reads for both: with this they
/// keep one key and not two, 100 bytes less a trader. Which of two equal keys is kept matters to nobody, so any thread may use it.
/// </summary>
internal static class RecentTraders
{
    private static readonly TraderKey?[] Recent = new TraderKey?[16_384];

    /// <returns>An equal key used lately, or this one.</returns>
    public static TraderKey Shared(TraderKey key)
    {
        ref var kept = ref Recent[key.Hash % (uint)Recent.Length];
        if (kept is { } known && known.Equals(key)) { return known; }
        kept = key;
        return key;
    }
}
