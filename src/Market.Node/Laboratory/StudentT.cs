namespace Market.Node.Laboratory;

/// <summary>
/// Student's t distribution with a whole number of degrees of freedom, by its finite series: Abramowitz and Stegun, "Handbook of
/// Mathematical Functions" (1964), 26.7.3 and 26.7.4. Exact but for rounding.
/// </summary>
public static class StudentT
{
    /// <summary>How small an angle is told apart: far below the digits anybody prints.</summary>
    private const int Halvings = 60;

    /// <summary>The t within which, on both sides of 0, a draw falls with this probability.</summary>
    /// <param name="degrees">At least 1.</param>
    /// <param name="probability">Above 0, below 1.</param>
    public static double Within(int degrees, double probability)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(degrees, 1);
        var (low, high) = (0.0, Math.PI / 2);
        for (var i = 0; i < Halvings; i++)
        {
            var middle = (low + high) / 2;
            if (Probability(degrees, middle) < probability) { low = middle; }
            else { high = middle; }
        }
        return Math.Sqrt(degrees) * Math.Tan((low + high) / 2);
    }

    /// <summary>A(t | ν) with t = √ν · tan θ.</summary>
    private static double Probability(int degrees, double theta)
    {
        var (sin, cos) = Math.SinCos(theta);
        var isOdd = degrees % 2 == 1;
        var (sum, term) = (0.0, isOdd ? cos : 1.0);
        for (var i = isOdd ? 1 : 0; i <= degrees - 2; i += 2)
        {
            sum += term;
            term *= cos * cos * (i + 1) / (i + 2);
        }
        return isOdd ? 2 / Math.PI * (theta + (sin * sum)) : sin * sum;
    }
}

/// <summary>A mean and how far it may be off: mean ± t·s ÷ √n, with t of n − 1 degrees of freedom and s the samples' standard deviation.</summary>
/// <param name="HalfWidth">Of the 95 % confidence interval; null for fewer than two samples.</param>
public readonly record struct Estimate(int Samples, double Mean, double? HalfWidth)
{
    public const double Confidence = 0.95;

    /// <param name="samples">At least one.</param>
    public static Estimate Of(IReadOnlyList<double> samples)
    {
        var mean = samples.Average();
        if (samples.Count < 2) { return new Estimate(samples.Count, mean, null); }
        var variance = samples.Sum(sample => (sample - mean) * (sample - mean)) / (samples.Count - 1);
        return new Estimate(samples.Count, mean, StudentT.Within(samples.Count - 1, Confidence) * Math.Sqrt(variance / samples.Count));
    }
}
