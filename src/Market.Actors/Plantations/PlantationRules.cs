using Market.Protocol.Values;

namespace Market.Actors.Plantations;

/// <summary>The numbers behind the plantation of one market. Immutable; whoever reads a configuration keeps it within the ranges.</summary>
public sealed record PlantationRules
{
    /// <summary>The rules of the game as written.</summary>
    public static readonly PlantationRules Default = new();

    /// <summary>Milliseconds an investment waits for each coin ever invested in the market. Default 10; range 0 to 60,000.</summary>
    public int WaitMsPerCoin { get; init; } = 10;

    /// <summary>Longest wait, in milliseconds. Default 60,000; range 0 to 86,400,000.</summary>
    public int LongestWaitMs { get; init; } = 60_000;

    /// <summary>
    /// Mean of the logarithm of what comes back for one coin, once the bonus of the early is gone; no unit. Default 0.035; range −1 to 1.
    /// </summary>
    public double Mu { get; init; } = 0.035;

    /// <summary>Standard deviation of that logarithm; no unit. Default 0.01; range 0 (no chance at all) to 1.</summary>
    public double Sigma { get; init; } = 0.01;

    /// <summary>
    /// Coins ever invested by which the bonus of the early, at first e⁻¹ on <see cref="Mu"/>, shrinks to 1/e of what it was.
    /// Default 1,000; range 0.000001 to 1,000,000,000.
    /// </summary>
    public Coins BonusScale { get; init; } = Coins.Whole(1_000);

    /// <summary>Most that comes back for one coin; no unit. A ceiling, not a floor. Default 1.15; range 0 to 1,000.</summary>
    public double HighestMultiplier { get; init; } = 1.15;
}
