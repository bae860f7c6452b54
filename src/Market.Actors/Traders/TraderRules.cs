namespace Market.Actors.Traders;

/// <summary>The limits of one trader.</summary>
public sealed record TraderRules
{
    /// <summary>Most shares in one BUY or SELL; default 1,000, range 1 to 1,000,000.</summary>
    public long MaxOrderShares { get; init; } = 1_000;

    /// <summary>
    /// How many answers of each trader are remembered for DUPLICATE; default 256, range 1 to 65,536. Each costs 90 bytes once used,
    /// so 256 of them are 23 KiB a trader that traded that often, and 23 MiB for a thousand.
    /// </summary>
    public int RememberedAnswers { get; init; } = 256;

    /// <summary>
    /// A fault, planted by the simulation's tests: what a trader lacks is given before its next command is checked, instead of in the step
    /// that made it poor, as the originals had it.
    /// </summary>
    internal bool HelpsBeforeTheCheck { get; init; }

    public static TraderRules Default { get; } = new();
}
