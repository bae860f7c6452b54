namespace Market.Actors.Chance;

/// <summary>
/// Exponential and logarithm with the same bits on every machine. <see cref="Math.Exp"/> and <see cref="Math.Log(double)"/> are the
/// C library's and differ in the last place between systems; here are only + − × ÷, which IEEE 754 rounds in one way, and exact
/// work on bits. Products and sums are never fused: the compiler does not do so by itself, and a fused one would round differently.
/// </summary>
/// <remarks>
/// Within 1.5 units in the last place of the true value. Never throws. A changed bit here changes the journal that a seed gives:
/// the golden values of the tests are for ever.
/// </remarks>
public static class PortableMath
{
    /// <summary>
    /// ln 2 in two parts, after Cody and Waite, "Software Manual for the Elementary Functions" (1980), ch. 6: the first ends in
    /// 21 zero bits, so its product with any exponent of a double is exact; the second is what it leaves out, rounded.
    /// </summary>
    private const double Ln2High = 6.93147180369123816490e-01;
    private const double Ln2Low = 1.90821492927058770002e-10;

    private const double InverseLn2 = 1.44269504088896338700;

    /// <summary>ln of the largest double, and ln of half the smallest: beyond them the result is infinite, or zero.</summary>
    private const double LargestExponent = 709.782712893384;
    private const double SmallestExponent = -745.1332191019412;

    private const double SqrtHalf = 0.70710678118654752440;
    private const double TwoTo54 = 18_014_398_509_481_984.0;
    private const int FractionBits = 52;
    private const int ExponentBias = 1023;

    /// <summary>
    /// e to the power <paramref name="x"/>: +∞ above 709.78, 0 below −745.13, NaN for NaN; small results are rounded once, as subnormals.
    /// </summary>
    /// <remarks>
    /// e^x = 2^k·e^r with k the nearest whole number to x ÷ ln 2 (Cody and Waite, ch. 6), and e^r by its power series up to r¹³ ÷ 13!,
    /// whose first term left out is below 2⁻⁵⁷ for |r| ≤ ½ ln 2 (Abramowitz and Stegun, "Handbook of Mathematical Functions", 4.2.1).
    /// </remarks>
    public static double Exp(double x)
    {
        if (double.IsNaN(x)) { return double.NaN; }
        if (x > LargestExponent) { return double.PositiveInfinity; }
        if (x < SmallestExponent) { return 0; }
        var k = Math.Floor((x * InverseLn2) + 0.5);
        var r = (x - (k * Ln2High)) - (k * Ln2Low);
        return Scale(1 + (r + (r * r * ExpSeries(r))), (int)k);
    }

    /// <summary>
    /// The natural logarithm: −∞ for 0, +∞ for +∞, NaN for what is negative or NaN; exactly 0 for 1.
    /// </summary>
    /// <remarks>
    /// x = 2^k·(1 + f) with 1 + f between √½ and √2, f exact; then with s = f ÷ (2 + f), ln(1 + f) = 2s + s·R where
    /// R = 2s²/3 + 2s⁴/5 + … (Abramowitz and Stegun, 4.1.27). Since 2s = f − s·f, that is f − s·(f − R): the rounding
    /// of s touches only the small part. The series ends at s²⁰; the first term left out is below 2⁻⁶⁰.
    /// </remarks>
    public static double Ln(double x)
    {
        if (double.IsNaN(x) || x < 0) { return double.NaN; }
        if (x == 0) { return double.NegativeInfinity; }
        if (double.IsPositiveInfinity(x)) { return x; }
        var k = Split(x, out var mantissa);
        var f = mantissa - 1;
        var s = f / (2 + f);
        return (k * Ln2High) + (f - ((s * (f - LnSeries(s * s))) - (k * Ln2Low)));
    }

    /// <summary>1/2! + r/3! + … + r¹¹/13!, innermost first (Horner).</summary>
    private static double ExpSeries(double r)
    {
        var sum = 1.0 / 6_227_020_800;
        sum = (1.0 / 479_001_600) + (r * sum);
        sum = (1.0 / 39_916_800) + (r * sum);
        sum = (1.0 / 3_628_800) + (r * sum);
        sum = (1.0 / 362_880) + (r * sum);
        sum = (1.0 / 40_320) + (r * sum);
        sum = (1.0 / 5_040) + (r * sum);
        sum = (1.0 / 720) + (r * sum);
        sum = (1.0 / 120) + (r * sum);
        sum = (1.0 / 24) + (r * sum);
        sum = (1.0 / 6) + (r * sum);
        return 0.5 + (r * sum);
    }

    /// <summary>2z/3 + 2z²/5 + … + 2z¹⁰/21 with z = s², innermost first.</summary>
    private static double LnSeries(double z)
    {
        var sum = 2.0 / 21;
        sum = (2.0 / 19) + (z * sum);
        sum = (2.0 / 17) + (z * sum);
        sum = (2.0 / 15) + (z * sum);
        sum = (2.0 / 13) + (z * sum);
        sum = (2.0 / 11) + (z * sum);
        sum = (2.0 / 9) + (z * sum);
        sum = (2.0 / 7) + (z * sum);
        sum = (2.0 / 5) + (z * sum);
        sum = (2.0 / 3) + (z * sum);
        return z * sum;
    }

    /// <summary>
    /// value·2^k for a value near 1, rounded at most once. 2^1024 is no double, and a subnormal factor would lose digits: each goes in two steps.
    /// </summary>
    private static double Scale(double value, int k) => k switch
    {
        > ExponentBias => value * 2 * PowerOfTwo(k - 1),
        < 1 - ExponentBias => value * PowerOfTwo(k + 54) * (1 / TwoTo54),
        _ => value * PowerOfTwo(k),
    };

    /// <summary>2^k as a normal double, −1022 ≤ k ≤ 1023: the exponent field alone.</summary>
    private static double PowerOfTwo(int k) => BitConverter.Int64BitsToDouble((long)(k + ExponentBias) << FractionBits);

    /// <summary>A positive finite x as mantissa·2^k, the mantissa between √½ and √2; exact. Returns k.</summary>
    private static int Split(double x, out double mantissa)
    {
        var k = 0;
        if (!double.IsNormal(x))
        {
            x *= TwoTo54;
            k = -54;
        }
        var bits = BitConverter.DoubleToInt64Bits(x);
        k += (int)(bits >> FractionBits) - (ExponentBias - 1);
        mantissa = BitConverter.Int64BitsToDouble((bits & ((1L << FractionBits) - 1)) | ((ExponentBias - 1L) << FractionBits));
        if (mantissa >= SqrtHalf) { return k; }
        mantissa *= 2;
        return k - 1;
    }
}
