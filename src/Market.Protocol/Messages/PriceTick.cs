using Market.Protocol.Values;

namespace Market.Protocol.Messages;

/// <summary>One tick of a market's price.</summary>
/// <param name="Seq">1 for the first tick, then one more each time; 0 before the first.</param>
/// <param name="Time">When it was drawn.</param>
/// <param name="Price">What a share costs until the next tick.</param>
/// <param name="Forecast">Moving average ÷ price; above 1 "expect a rise". The first is exactly 1.</param>
/// <param name="Base">The random walk alone, in coins.</param>
/// <param name="Hype">What talk adds, in coins; may be negative.</param>
/// <param name="Bursting">Whether a bubble is bursting.</param>
public readonly record struct PriceTick(
    long Seq, Timestamp Time, Coins Price, double Forecast, double Base, Coins Hype, bool Bursting)
{
    /// <summary>Before the first tick: one coin, no hype.</summary>
    public static PriceTick BeforeTheFirst(Timestamp time) => new(0, time, Coins.Whole(1), 1, 1, Coins.Zero, false);
}
