using Market.Protocol.Messages;
using Market.Protocol.Values;

namespace Market.Actors.Tests.Twin;

/// <summary>A trader in the plainest numbers, with all it ever did beside what it has.</summary>
public sealed class NaiveTrader(TraderKey key, Timestamp now)
{
    public TraderKey Key { get; } = key;

    public decimal Coins { get; set; } = 10;

    public long Shares { get; set; } = 5;

    public long Fed { get; set; }

    public int Bailouts { get; set; }

    public int InFlight { get; set; }

    public Timestamp Changed { get; set; } = now;

    /// <summary>Answers remembered, oldest first.</summary>
    public List<(TraderCommand Command, Result Answer)> Remembered { get; } = [];

    // All that was ever accepted, for the sums that must always hold.
    public decimal CoinsBought { get; set; }

    public decimal CoinsSold { get; set; }

    public decimal CoinsInvested { get; set; }

    public decimal CoinsReturned { get; set; }

    public long SharesBought { get; set; }

    public long SharesSold { get; set; }

    public int Investments { get; set; }

    public int Returns { get; set; }

    public TraderState State => new(new Coins((long)(Coins * 1_000_000)), Shares, Fed, Bailouts, InFlight, Changed);

    /// <summary>The first three of what must always hold, and that nothing is in flight but what was invested and did not return.</summary>
    public void Check()
    {
        (Coins >= 0 && Shares >= 0 && InFlight >= 0).ShouldBeTrue($"{Key} owes nothing");
        Coins.ShouldBe(10 + (10 * Bailouts) - CoinsBought + CoinsSold - CoinsInvested + CoinsReturned, $"coins of {Key}");
        Shares.ShouldBe(5 + (5 * Bailouts) + SharesBought - SharesSold - Fed, $"shares of {Key}");
        InFlight.ShouldBe(Investments - Returns, $"investments of {Key}");
    }

    /// <returns>Whether the market had to help.</returns>
    public bool BailOutIfPoor()
    {
        if (InFlight > 0 || Coins > 3 || Shares > 0) { return false; }
        (Coins, Shares, Bailouts) = (Coins + 10, Shares + 5, Bailouts + 1);
        return true;
    }
}
