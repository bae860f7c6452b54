using Market.Protocol.Values;

namespace Market.Actors.Prices;

/// <summary>
/// The arithmetic of the price (rules of the market, 3 and 5): pure, total, never throws, the same bits on every machine.
/// Doubles carry the base and the average; money is <see cref="Coins"/>.
/// </summary>
public static class PriceFormula
{
    /// <summary>Weight of the newest price in the average, unless the rules say otherwise.</summary>
    public const double DefaultEmaFactor = 0.1;

    /// <summary>
    /// The base after a tick: <paramref name="basePrice"/> × <paramref name="multiplier"/>, in coins. A step that would leave the
    /// positive finite doubles is not taken, so that a base can never get stuck at zero or infinity.
    /// </summary>
    /// <param name="multiplier">A draw of the log-normal with <see cref="PriceRules.Mu"/> and <see cref="PriceRules.Sigma"/>.</param>
    public static double NextBase(double basePrice, double multiplier)
    {
        var next = basePrice * multiplier;
        return next > 0 && double.IsFinite(next) ? next : basePrice;
    }

    /// <summary>
    /// What a share costs: base + hype to the nearest micro-coin (ties to even), at least <see cref="PriceRules.Floor"/>, at most
    /// <see cref="PriceRules.Ceiling"/>. A base that is not a number costs the floor.
    /// </summary>
    public static Coins Price(double basePrice, Coins hype, PriceRules rules)
    {
        var sum = basePrice + hype.ToDouble();
        if (!(sum > rules.Floor.ToDouble())) { return rules.Floor; }
        return sum < rules.Ceiling.ToDouble() ? Coins.Nearest(sum) : rules.Ceiling;
    }

    /// <summary>The exponential average of prices, in coins: the first price itself, later average·(1 − factor) + price·factor.</summary>
    /// <param name="emaBefore">The average before this price; null when this is the first.</param>
    /// <param name="factor">Weight of the newest price, above 0 to 1; 0.1 by default.</param>
    public static double NextEma(double? emaBefore, Coins price, double factor = DefaultEmaFactor) =>
        emaBefore is { } before ? (before * (1 - factor)) + (price.ToDouble() * factor) : price.ToDouble();

    /// <summary>
    /// Average ÷ price, no unit: above 1 "expect a rise", exactly 1 at the first price. A return to the mean, and a poor forecast on
    /// purpose. Positive and finite, since a price has a floor above 0.
    /// </summary>
    public static double Forecast(double ema, Coins price) => ema / price.ToDouble();

    /// <summary>
    /// The hype after one step of a burst, to the nearest micro-coin (ties to even); what does not fit stays at the largest that does,
    /// since a conversion from double to long saturates (.NET 9 and later, on every processor).
    /// </summary>
    /// <param name="hype">As it is now; negative hype shrinks towards zero likewise.</param>
    /// <param name="step">One of <see cref="PriceRules.BurstSteps"/>.</param>
    public static Coins AfterStep(Coins hype, double step) => new((long)Math.Round(hype.Micro * step, MidpointRounding.ToEven));

    /// <summary>
    /// How likely this rise of the hype begins a burst: hype in coins × <see cref="PriceRules.BurstProbabilityPerCoin"/>, within 0 and 1.
    /// A uniform draw below it begins one: never at or under 0 hype, always from 100 coins.
    /// </summary>
    public static double BurstProbability(Coins hype, PriceRules rules) =>
        Math.Clamp(rules.BurstProbabilityPerCoin * hype.ToDouble(), 0, 1);
}
