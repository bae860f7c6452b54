using FsCheck;
using FsCheck.Fluent;
using Market.Actors.Chance;

namespace Market.Actors.Tests.Chance;

public class PortableMathTests
{
    /// <summary>Relative distance allowed from the C library's result, which is itself within one unit (2.2e-16) of the truth.</summary>
    private const double Tolerance = 2e-15;

    /// <summary>Computed apart from this code, by the same formulas in another language.</summary>
    [Theory]
    [InlineData(0.0, 0x3FF0000000000000)]
    [InlineData(1.0, 0x4005BF0A8B14576A)]
    [InlineData(-1.0, 0x3FD78B56362CEF38)]
    [InlineData(0.0001, 0x3FF00068DCE3484E)]
    [InlineData(0.035, 0x3FF091E5F8C632E5)]
    [InlineData(0.4028794411714424, 0x3FF7F02259D1D5FE)]
    [InlineData(1e-10, 0x3FF000000006DF38)]
    [InlineData(-0.3465735902799727, 0x3FE6A09E667F3BCC)]
    [InlineData(3.141592653589793, 0x403724046EB09339)]
    [InlineData(10.0, 0x40D5829DCF950560)]
    [InlineData(100.5, 0x48FFCC37A76F9E76)]
    [InlineData(-100.5, 0x36E01A0E5643644F)]
    [InlineData(709.0, 0x7FDD422D2BE5DC9B)]
    [InlineData(709.782712893384, 0x7FEFFFFFFFFFFF2A)]
    [InlineData(-708.5, 0x000E6CF6D08897AC)]
    [InlineData(-740.0, 0x0000000000000055)]
    [InlineData(-745.1332191019411, 0x0000000000000001)]
    public void Exp_has_golden_bits(double x, long bits) => Hex(PortableMath.Exp(x)).ShouldBe(bits.ToString("X16"));

    [Theory]
    [InlineData(1.0, 0x0000000000000000)]
    [InlineData(2.0, 0x3FE62E42FEFA39EF)]
    [InlineData(0.5, 0xBFE62E42FEFA39EF)]
    [InlineData(10.0, 0x40026BB1BBB55516)]
    [InlineData(0.1, 0xC0026BB1BBB55515)]
    [InlineData(0.7071067811865475, 0xBFD62E42FEFA39F1)]
    [InlineData(0.7071067811865476, 0xBFD62E42FEFA39EE)]
    [InlineData(1.0000000000000002, 0x3CAFFFFFFFFFFFFF)]
    [InlineData(0.9999999999999999, 0xBCA0000000000000)]
    [InlineData(1.15, 0x3FC1E3B825DD05E9)]
    [InlineData(3.141592653589793, 0x3FF250D048E7A1BD)]
    [InlineData(123456.789, 0x40277281CAD8A844)]
    [InlineData(1e-300, 0xC085963447F87FB5)]
    [InlineData(5e-324, 0xC0874385446D71C3)]
    [InlineData(2.2250738585072014e-308, 0xC086232BDD7ABCD2)]
    [InlineData(1.7976931348623157e308, 0x40862E42FEFA39EF)]
    public void Ln_has_golden_bits(double x, ulong bits) => Hex(PortableMath.Ln(x)).ShouldBe(bits.ToString("X16"));

    [Fact]
    public void Exp_agrees_with_the_library_wherever_the_result_is_normal()
    {
        var worst = 0.0;
        for (var x = -708.0; x < 709.78; x += 1.0 / 512)
        {
            worst = Math.Max(worst, Distance(PortableMath.Exp(x), Math.Exp(x)));
        }
        for (var x = -1.0; x < 1; x += 1.0 / 65_536)
        {
            worst = Math.Max(worst, Distance(PortableMath.Exp(x), Math.Exp(x)));
        }
        worst.ShouldBeLessThan(Tolerance);
    }

    [Fact]
    public void Exp_agrees_with_the_library_to_two_units_where_the_result_is_subnormal()
    {
        for (var x = -745.1; x < -708; x += 1.0 / 512)
        {
            Math.Abs(PortableMath.Exp(x) - Math.Exp(x)).ShouldBeLessThanOrEqualTo(2 * double.Epsilon, $"e^{x}");
        }
    }

    [Fact]
    public void Ln_agrees_with_the_library_over_every_exponent()
    {
        var worst = 0.0;
        for (var x = double.Epsilon; x < 1e308; x *= 1.003)
        {
            if (x < 1e-320) { x *= 2; }
            worst = Math.Max(worst, Distance(PortableMath.Ln(x), Math.Log(x)));
        }
        worst.ShouldBeLessThan(Tolerance);
    }

    [Fact]
    public void Ln_agrees_with_the_library_about_one()
    {
        var worst = 0.0;
        for (var x = 0.25 + (1.0 / 131_072); x < 4; x += 1.0 / 65_536)
        {
            worst = Math.Max(worst, Distance(PortableMath.Ln(x), Math.Log(x)));
        }
        worst.ShouldBeLessThan(Tolerance);
    }

    [Fact]
    public void Exp_takes_what_is_no_ordinary_number()
    {
        PortableMath.Exp(double.NaN).ShouldBe(double.NaN);
        PortableMath.Exp(double.PositiveInfinity).ShouldBe(double.PositiveInfinity);
        PortableMath.Exp(double.NegativeInfinity).ShouldBe(0);
        PortableMath.Exp(709.79).ShouldBe(double.PositiveInfinity);
        PortableMath.Exp(double.MaxValue).ShouldBe(double.PositiveInfinity);
        PortableMath.Exp(-745.14).ShouldBe(0);
        PortableMath.Exp(double.MinValue).ShouldBe(0);
        PortableMath.Exp(-0.0).ShouldBe(1);
    }

    [Fact]
    public void Ln_takes_what_is_no_ordinary_number()
    {
        PortableMath.Ln(double.NaN).ShouldBe(double.NaN);
        PortableMath.Ln(-1).ShouldBe(double.NaN);
        PortableMath.Ln(double.NegativeInfinity).ShouldBe(double.NaN);
        PortableMath.Ln(double.PositiveInfinity).ShouldBe(double.PositiveInfinity);
        PortableMath.Ln(0).ShouldBe(double.NegativeInfinity);
        PortableMath.Ln(-0.0).ShouldBe(double.NegativeInfinity);
    }

    [Fact]
    public void Ln_undoes_Exp() => Prop.ForAll<NormalFloat>(any =>
    {
        var x = any.Get % 700;
        return Math.Abs(PortableMath.Ln(PortableMath.Exp(x)) - x) <= 4e-16 * Math.Max(1, Math.Abs(x));
    }).Check(Config.QuickThrowOnFailure.WithMaxTest(2_000));

    private static double Distance(double ours, double library) => ours == library ? 0 : Math.Abs((ours / library) - 1);

    private static string Hex(double value) => BitConverter.DoubleToInt64Bits(value).ToString("X16");
}
