using Market.Protocol.Values;

namespace Market.Actors.Bots;

/// <summary>What a trader's means allow, so that a bot asks for nothing that would be refused.</summary>
public static class Means
{
    /// <summary>With more coins than this a trader without a share is not bailed out; a coin above the market's own line.</summary>
    private static readonly Coins Safe = Coins.Whole(4);

    /// <summary>How many shares can be bought in one order at a price, with some coins left.</summary>
    /// <param name="keep">What shall be left.</param>
    public static long Affordable(this IDesk desk, Coins price, Coins keep)
    {
        var spare = desk.FreeCoins.Micro - keep.Micro;
        return spare <= 0 || price.Micro <= 0 ? 0 : Math.Min(spare / price.Micro, desk.LargestOrder);
    }

    /// <summary>The coins above <paramref name="keep"/>; zero when there are none.</summary>
    public static Coins Above(this IDesk desk, Coins keep) => new(Math.Max(0, desk.FreeCoins.Micro - keep.Micro));

    /// <summary>How many monkeys can be fed, with some shares left, and without becoming so poor that the market must help.</summary>
    /// <param name="keep">Shares that shall be left.</param>
    public static long Feedable(this IDesk desk, long keep)
    {
        var left = desk.FreeCoins > Safe ? keep : Math.Max(1, keep);
        return Math.Max(0, desk.FreeShares - left);
    }

    /// <summary>How many shares can be sold in one order, with some left.</summary>
    public static long Sellable(this IDesk desk, long keep) => Math.Clamp(desk.FreeShares - keep, 0, desk.LargestOrder);
}
