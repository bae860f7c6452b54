namespace Market.Actors.Chance;

/// <summary>The standard normal distribution (mean 0, standard deviation 1).</summary>
public static class Normal
{
    /// <summary>
    /// The value below which a normal draw falls with probability <paramref name="p"/>; a uniform draw put in gives a normal draw.
    /// −∞ at 0, +∞ at 1, NaN outside [0, 1] and for NaN. The same bits on every machine; relative error about 10⁻¹⁵.
    /// </summary>
    /// <remarks>
    /// Algorithm AS 241, PPND16: M. J. Wichura, "The Percentage Points of the Normal Distribution", Applied Statistics 37 (1988), 477–484.
    /// Three quotients of polynomials of degree 7: one about the middle, two in the tails.
    /// </remarks>
    public static double Quantile(double p)
    {
        if (!(p is >= 0 and <= 1)) { return double.NaN; }
        var fromMiddle = p - 0.5;
        if (Math.Abs(fromMiddle) <= 0.425) { return fromMiddle * Middle(0.180625 - (fromMiddle * fromMiddle)); }
        var tail = fromMiddle < 0 ? p : 1 - p;
        var size = tail == 0 ? double.PositiveInfinity : InTail(Math.Sqrt(-PortableMath.Ln(tail)));
        return fromMiddle < 0 ? -size : size;
    }

    private static double InTail(double depth) => depth <= 5 ? NearTail(depth - 1.6) : FarTail(depth - 5);

    /// <summary>Up to 0.425 from the middle; <paramref name="r"/> = 0.425² − distance².</summary>
    private static double Middle(double r) =>
        Degree7(r, 3.3871328727963666080e0, 1.3314166789178437745e2, 1.9715909503065514427e3, 1.3731693765509461125e4,
            4.5921953931549871457e4, 6.7265770927008700853e4, 3.3430575583588128105e4, 2.5090809287301226727e3)
        / Degree7(r, 1.0, 4.2313330701600911252e1, 6.8718700749205790830e2, 5.3941960214247511077e3,
            2.1213794301586595867e4, 3.9307895800092710610e4, 2.8729085735721942674e4, 5.2264952788528545610e3);

    /// <summary>Tails from 0.075 down to e⁻²⁵; <paramref name="r"/> = √(−ln tail) − 1.6.</summary>
    private static double NearTail(double r) =>
        Degree7(r, 1.42343711074968357734e0, 4.63033784615654529590e0, 5.76949722146069140550e0, 3.64784832476320460504e0,
            1.27045825245236838258e0, 2.41780725177450611770e-1, 2.27238449892691845833e-2, 7.74545014278341407640e-4)
        / Degree7(r, 1.0, 2.05319162663775882187e0, 1.67638483018380384940e0, 6.89767334985100004550e-1,
            1.48103976427480074590e-1, 1.51986665636164571966e-2, 5.47593808499534494600e-4, 1.05075007164441684324e-9);

    /// <summary>Tails below e⁻²⁵; <paramref name="r"/> = √(−ln tail) − 5.</summary>
    private static double FarTail(double r) =>
        Degree7(r, 6.65790464350110377720e0, 5.46378491116411436990e0, 1.78482653991729133580e0, 2.96560571828504891230e-1,
            2.65321895265761230930e-2, 1.24266094738807843860e-3, 2.71155556874348757815e-5, 2.01033439929228813265e-7)
        / Degree7(r, 1.0, 5.99832206555887937690e-1, 1.36929880922735805310e-1, 1.48753612908506148525e-2,
            7.86869131145613259100e-4, 1.84631831751005468180e-5, 1.42151175831644588870e-7, 2.04426310338993978564e-15);

    /// <summary>c0 + c1·r + … + c7·r⁷, innermost first (Horner).</summary>
    private static double Degree7(double r, double c0, double c1, double c2, double c3, double c4, double c5, double c6, double c7) =>
        (((((((((((((c7 * r) + c6) * r) + c5) * r) + c4) * r) + c3) * r) + c2) * r) + c1) * r) + c0;
}
