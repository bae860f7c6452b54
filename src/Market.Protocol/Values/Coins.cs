namespace Market.Protocol.Values;

/// <summary>
/// An amount of money: a whole number of micro-coins (10⁻⁶ coin). Exact; arithmetic that would not fit
/// throws <see cref="OverflowException"/>, so a decider uses the <c>Try</c> forms where input can be large.
/// </summary>
/// <param name="Micro">Micro-coins; any 64-bit value. A balance is never negative, a difference may be.</param>
public readonly record struct Coins(long Micro) : IComparable<Coins>
{
    /// <summary>Micro-coins in one coin.</summary>
    public const long MicroPerCoin = 1_000_000;

    public static readonly Coins Zero;

    /// <summary>A whole number of coins, exactly.</summary>
    public static Coins Whole(long coins) => new(checked(coins * MicroPerCoin));

    /// <summary>
    /// The nearest micro-coin to <paramref name="coins"/>, ties to even. For prices, which are drawn as doubles; never for balances.
    /// </summary>
    /// <exception cref="OverflowException">Not a number, infinite, or beyond what 64 bits of micro-coins hold.</exception>
    public static Coins Nearest(double coins)
    {
        var micro = Math.Round(coins * MicroPerCoin, MidpointRounding.ToEven);
        return micro is > -9.2e18 and < 9.2e18
            ? new Coins((long)micro)
            : throw new OverflowException($"{coins} does not fit in micro-coins.");
    }

    /// <summary>As a double, for formulas of the market; never back into a balance.</summary>
    public double ToDouble() => (double)Micro / MicroPerCoin;

    /// <summary>As a decimal with at most six places; exact.</summary>
    public decimal ToDecimal() => (decimal)Micro / MicroPerCoin;

    /// <summary>The price of <paramref name="count"/> pieces at this price; false when it does not fit.</summary>
    public bool TryTimes(long count, out Coins product)
    {
        var wide = (Int128)Micro * count;
        product = new Coins((long)wide);
        return wide == product.Micro;
    }

    /// <summary>The sum; false when it does not fit.</summary>
    public bool TryAdd(Coins other, out Coins sum)
    {
        sum = new Coins(unchecked(Micro + other.Micro));
        return ((Micro ^ sum.Micro) & (other.Micro ^ sum.Micro)) >= 0;
    }

    public int CompareTo(Coins other) => Micro.CompareTo(other.Micro);

    public static Coins operator +(Coins left, Coins right) => new(checked(left.Micro + right.Micro));

    public static Coins operator -(Coins left, Coins right) => new(checked(left.Micro - right.Micro));

    public static Coins operator -(Coins value) => new(checked(-value.Micro));

    public static bool operator <(Coins left, Coins right) => left.Micro < right.Micro;

    public static bool operator >(Coins left, Coins right) => left.Micro > right.Micro;

    public static bool operator <=(Coins left, Coins right) => left.Micro <= right.Micro;

    public static bool operator >=(Coins left, Coins right) => left.Micro >= right.Micro;

    /// <summary>The shortest decimal text, at most six places: <c>1.02</c>, <c>10</c>, <c>-0.000001</c>.</summary>
    public override string ToString() => CoinsText.Write(this);
}
