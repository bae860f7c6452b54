namespace Market.Actors.Tests.Chance;

/// <summary>Textbook statistics for tests of chance. Seeds are fixed, so what passes once passes always.</summary>
public static class Statistic
{
    /// <summary>How many standard errors a statistic may be off; by luck alone one in 1.7 million is.</summary>
    public const double StandardErrors = 5;

    /// <summary>Sum of (seen − expected)² ÷ expected, all cells alike. Mean: cells − 1; variance: 2·(cells − 1).</summary>
    public static double ChiSquare(int[] counts)
    {
        var expected = counts.Sum() / (double)counts.Length;
        return counts.Sum(seen => (seen - expected) * (seen - expected) / expected);
    }

    /// <summary>Asserts that counts which should be alike differ neither too much nor suspiciously little.</summary>
    public static void ShouldBeEven(this int[] counts)
    {
        var freedom = counts.Length - 1;
        ChiSquare(counts).ShouldBe(freedom, StandardErrors * Math.Sqrt(2 * freedom));
    }

    /// <summary>Pearson's r of two uniform samples on (0, 1); standard error 1 ÷ √n when they are independent.</summary>
    public static double Correlation(int n, Func<int, double> left, Func<int, double> right)
    {
        const double Variance = 1.0 / 12;
        var sum = 0.0;
        for (var i = 0; i < n; i++) { sum += (left(i) - 0.5) * (right(i) - 0.5); }
        return sum / n / Variance;
    }

    public static void ShouldBeUncorrelated(int n, Func<int, double> left, Func<int, double> right) =>
        Correlation(n, left, right).ShouldBe(0, StandardErrors / Math.Sqrt(n));
}
