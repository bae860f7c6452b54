using Market.Actors.Chance;

namespace Market.Actors.Tests.Chance;

public class NormalTests
{
    /// <summary>The first three are the check values of the paper; the bits were computed apart from this code.</summary>
    [Theory]
    [InlineData(0.25, -0.6744897501960817, 0xBFE5956B87528A49)]
    [InlineData(0.001, -3.090232306167814, 0xC008B8CBB7204470)]
    [InlineData(1e-20, -9.262340089798408, 0xC022865170B43A4B)]
    [InlineData(0.75, 0.6744897501960817, 0x3FE5956B87528A49)]
    [InlineData(0.5, 0.0, 0x0000000000000000)]
    [InlineData(0.0749999, -1.4395321773759, 0xBFF70852E475E818)]
    [InlineData(0.925, 1.439531470938456, 0x3FF7085226D3E524)]
    [InlineData(1e-300, -37.0470962993612, 0xC04286074064C26E)]
    [InlineData(1.1102230246251565e-16, -8.209536151601387, 0xC0206B48528CEA51)]
    [InlineData(0.9999999999999999, 8.209536151601387, 0x40206B48528CEA51)]
    public void Quantile_has_published_values_and_golden_bits(double p, double published, ulong bits)
    {
        var quantile = Normal.Quantile(p);
        quantile.ShouldBe(published, 2e-15 * Math.Max(1, Math.Abs(published)));
        BitConverter.DoubleToUInt64Bits(quantile).ToString("X16").ShouldBe(bits.ToString("X16"));
    }

    [Fact]
    public void Quantile_takes_the_ends_and_what_lies_beyond()
    {
        Normal.Quantile(0).ShouldBe(double.NegativeInfinity);
        Normal.Quantile(1).ShouldBe(double.PositiveInfinity);
        Normal.Quantile(-0.1).ShouldBe(double.NaN);
        Normal.Quantile(1.1).ShouldBe(double.NaN);
        Normal.Quantile(double.NaN).ShouldBe(double.NaN);
    }

    [Fact]
    public void Quantile_mirrors_and_rises()
    {
        var last = double.NegativeInfinity;
        for (var k = 1; k < 4_096; k++)
        {
            var p = k / 4_096.0; // p and 1 − p are both exact
            var quantile = Normal.Quantile(p);
            quantile.ShouldBeGreaterThan(last);
            quantile.ShouldBe(-Normal.Quantile(1 - p));
            last = quantile;
        }
    }
}
