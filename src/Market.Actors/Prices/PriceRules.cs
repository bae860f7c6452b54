using System.Collections.Immutable;
using Market.Protocol.Values;

namespace Market.Actors.Prices;

/// <summary>The numbers behind the price and the bursts of one market. Immutable; whoever reads a configuration keeps it within the ranges.</summary>
public sealed record PriceRules
{
    /// <summary>The rules of the game as written.</summary>
    public static readonly PriceRules Default = new();

    /// <summary>Milliseconds between two prices. Default 1,000; range 1 to 86,400,000.</summary>
    public int TickMs { get; init; } = 1_000;

    /// <summary>Mean of the logarithm of a tick's multiplier of the base; no unit. Default 0.0001; range −1 to 1.</summary>
    public double Mu { get; init; } = 0.0001;

    /// <summary>Standard deviation of that logarithm; no unit. Default 0.01; range 0 (no chance at all) to 1.</summary>
    public double Sigma { get; init; } = 0.01;

    /// <summary>Lowest price. Default 0.01 coin; range 0.000001 to <see cref="Ceiling"/>: a price of zero or less would pay the buyer.</summary>
    public Coins Floor { get; init; } = new(10_000);

    /// <summary>
    /// Highest price. Default 1,000,000,000 coins; range <see cref="Floor"/> to 1,000,000,000. At the highest, 9,000 shares still
    /// cost less than 64 bits of micro-coins hold; the base, which drifts up for ever, would otherwise outgrow them.
    /// </summary>
    public Coins Ceiling { get; init; } = Coins.Whole(1_000_000_000);

    /// <summary>Weight of the newest price in the average; no unit. Default 0.1; range above 0 to 1.</summary>
    public double EmaFactor { get; init; } = PriceFormula.DefaultEmaFactor;

    /// <summary>Milliseconds from the begin of a burst to its first step, and between steps. Default 5,000; range 1 to 86,400,000.</summary>
    public int BurstStepMs { get; init; } = 5_000;

    /// <summary>Probability that a rise of the hype begins a burst, for each coin of hype. Default 0.01; range 0 (never) to 1.</summary>
    public double BurstProbabilityPerCoin { get; init; } = 0.01;

    /// <summary>
    /// What each step of a burst multiplies the hype by; no unit.
    /// Default <see cref="Prices.BurstSteps.Default"/>; 1 to 100 steps, each from 0 to 10.
    /// </summary>
    public ImmutableArray<double> BurstSteps { get; init; } = Prices.BurstSteps.Default;
}
