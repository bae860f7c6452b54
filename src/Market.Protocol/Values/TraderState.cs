namespace Market.Protocol.Values;

/// <summary>What a trader has. A value; <c>default</c> is nobody.</summary>
/// <param name="Coins">Never negative once accepted.</param>
/// <param name="Shares">Never negative once accepted.</param>
/// <param name="FedMonkeys">The aim of the game.</param>
/// <param name="Bailouts">How often the market had to help.</param>
/// <param name="InFlightInvestments">Plantations not yet come home.</param>
/// <param name="Time">When this last changed.</param>
public readonly record struct TraderState(
    Coins Coins, long Shares, long FedMonkeys, int Bailouts, int InFlightInvestments, Timestamp Time)
{
    /// <summary>What a bailout costs in score.</summary>
    public const int BailoutPenalty = 20;

    /// <summary>What every trader starts with: 10 coins and 5 shares; a bailout gives the same again.</summary>
    public static TraderState Initial(Timestamp time) => new(Coins.Whole(10), 5, 0, 0, 0, time);

    /// <summary>Fed monkeys − 20 × bailouts.</summary>
    public long Score => FedMonkeys - ((long)BailoutPenalty * Bailouts);
}
