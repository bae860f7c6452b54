using Market.Actors.Chance;
using Market.Protocol.Values;

namespace Market.Actors.Plantations;

/// <summary>
/// The arithmetic of the plantation (rules of the market, 4): pure, total, never throws, the same bits on every machine.
/// T, the total, is all coins ever invested in the market, the investment in question included.
/// </summary>
public static class PlantationFormula
{
    /// <summary>
    /// How long an investment grows: min(<see cref="PlantationRules.WaitMsPerCoin"/> × T, <see cref="PlantationRules.LongestWaitMs"/>),
    /// in milliseconds; a part of one counts whole, so that nothing comes back early. In whole numbers throughout. 0 when T is not positive.
    /// </summary>
    public static long WaitMs(Coins totalInvested, PlantationRules rules)
    {
        if (totalInvested <= Coins.Zero) { return 0; }
        var microMs = (Int128)totalInvested.Micro * rules.WaitMsPerCoin;
        var rounded = (microMs + (Coins.MicroPerCoin - 1)) / Coins.MicroPerCoin;
        return (long)Int128.Min(rounded, rules.LongestWaitMs);
    }

    /// <summary>
    /// What comes back for one coin, no unit: min(<see cref="PlantationRules.HighestMultiplier"/>, e^(μ + σ·z)) with
    /// μ = <see cref="PlantationRules.Mu"/> + e^(−1 − T ÷ <see cref="PlantationRules.BonusScale"/>). By the rules as written: 1.15 nearly
    /// always up to T of 1,000, about 1.036 for large T, and rarely a loss.
    /// </summary>
    /// <param name="normalDraw">z, a draw of the standard normal, once for each investment and recorded; NaN gives the highest.</param>
    public static double Multiplier(Coins totalInvested, double normalDraw, PlantationRules rules)
    {
        var bonus = PortableMath.Exp(-1 - (totalInvested.ToDouble() / rules.BonusScale.ToDouble()));
        var drawn = PortableMath.Exp(rules.Mu + bonus + (rules.Sigma * normalDraw));
        return drawn < rules.HighestMultiplier ? drawn : rules.HighestMultiplier;
    }

    /// <summary>
    /// What comes back: <paramref name="invested"/> × <paramref name="multiplier"/> to the nearest micro-coin (ties to even), exact for
    /// products up to 9,000,000,000 coins and within one part in 10¹⁵ above. What does not fit becomes the largest amount that does,
    /// since a conversion from double to long saturates (.NET 9 and later, on every processor).
    /// </summary>
    public static Coins Harvest(Coins invested, double multiplier) =>
        new((long)Math.Round(invested.Micro * multiplier, MidpointRounding.ToEven));
}
