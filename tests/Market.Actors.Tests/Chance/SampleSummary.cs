using System.Text.Json;
using Market.Actors.Chance;
using Market.Fixtures;

namespace Market.Actors.Tests.Chance;

/// <summary>
/// Mean, standard deviation and percentiles of a sample, compared with golden ones within five standard errors. Those are, for n draws of
/// a distribution with standard deviation σ, fourth central moment μ₄ and density f
/// (Kendall and Stuart, "The Advanced Theory of Statistics", I, ch. 10):
/// <code>
/// mean                 σ ÷ √n
/// standard deviation   √(μ₄ − σ⁴) ÷ 2σ ÷ √n
/// percentile p at q    √(p(1 − p)) ÷ f(q) ÷ √n
/// a fraction p         √(p(1 − p)) ÷ √n
/// </code>
/// and when the golden ones come from a sample of m, 1/n becomes 1/n + 1/m.
/// </summary>
public sealed class SampleSummary
{
    /// <summary>Sums of 200,000 doubles about 1 are good to this.</summary>
    private const double Rounding = 1e-11;

    private readonly double[] _ascending;
    private readonly double _fourthMoment;

    public SampleSummary(int count, Func<int, double> draw)
    {
        _ascending = new double[count];
        for (var i = 0; i < count; i++) { _ascending[i] = draw(i); }
        Array.Sort(_ascending);
        Mean = _ascending.Average();
        Sd = Math.Sqrt(_ascending.Average(x => (x - Mean) * (x - Mean)));
        _fourthMoment = _ascending.Average(x => Math.Pow(x - Mean, 4));
    }

    public double Mean { get; }

    public double Sd { get; }

    /// <summary>Asserts agreement with a golden block; its field n says how large a sample it is of, none that it is exact.</summary>
    /// <param name="sigma">Standard deviation of the logarithm.</param>
    /// <param name="cap">Where the distribution is cut off: a percentile there has no error.</param>
    public void ShouldAgreeWith(JsonElement golden, double sigma, double cap = double.MaxValue)
    {
        var noise = Statistic.StandardErrors * Math.Sqrt((1.0 / _ascending.Length) + (golden.TryGetProperty("n", out var m) ? 1 / m.GetDouble() : 0));
        Mean.ShouldBe(golden.Number("mean"), (noise * Sd) + Rounding);
        Sd.ShouldBe(golden.Number("sd"), (Sd < Rounding ? 0 : noise * Math.Sqrt(_fourthMoment - Math.Pow(Sd, 4)) / (2 * Sd)) + Rounding);
        foreach (var (name, p) in new[] { ("p5", 0.05), ("p50", 0.5), ("p95", 0.95) })
        {
            var expected = golden.Number(name);
            var error = expected >= cap ? 0 : noise * Math.Sqrt(p * (1 - p)) / LogNormalDensity(expected, p, sigma);
            Percentile(p).ShouldBe(expected, error + Rounding, name);
        }
    }

    /// <summary>Asserts that the share of draws at <paramref name="cap"/> is <paramref name="golden"/>.</summary>
    public void ShouldBeCapped(double cap, double golden, double goldenSampleSize = double.PositiveInfinity)
    {
        var share = _ascending.Count(x => x >= cap) / (double)_ascending.Length;
        var noise = Statistic.StandardErrors * Math.Sqrt((1.0 / _ascending.Length) + (1 / goldenSampleSize));
        share.ShouldBe(golden, (noise * Math.Sqrt(golden * (1 - golden))) + Rounding);
    }

    private double Percentile(double p) => _ascending[(int)(p * _ascending.Length)];

    /// <summary>φ(z) ÷ (σ·q) at the quantile q of probability p.</summary>
    private static double LogNormalDensity(double q, double p, double sigma)
    {
        var z = Normal.Quantile(p);
        return Math.Exp(-z * z / 2) / Math.Sqrt(2 * Math.PI) / (sigma * q);
    }
}
