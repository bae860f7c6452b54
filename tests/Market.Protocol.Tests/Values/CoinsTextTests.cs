using System.Text;
using FsCheck;
using FsCheck.Fluent;
using Market.Protocol.Values;

namespace Market.Protocol.Tests.Values;

public class CoinsTextTests
{
    [Theory]
    [InlineData(0, "0")]
    [InlineData(1, "0.000001")]
    [InlineData(-1, "-0.000001")]
    [InlineData(10, "0.00001")]
    [InlineData(100_000, "0.1")]
    [InlineData(1_000_000, "1")]
    [InlineData(1_020_000, "1.02")]
    [InlineData(-10_000_000, "-10")]
    [InlineData(long.MaxValue, "9223372036854.775807")]
    [InlineData(long.MinValue, "-9223372036854.775808")]
    public void Coins_are_written_as_the_shortest_decimal(long micro, string text)
    {
        CoinsText.Write(new Coins(micro)).ShouldBe(text);
        new Coins(micro).ToString().ShouldBe(text);
        text.Length.ShouldBeLessThanOrEqualTo(CoinsText.MaxLength);
        Micro(text).ShouldBe(micro);
    }

    [Fact]
    public void What_is_written_is_read_again_as_it_was() => Prop.ForAll<long>(
        micro => Micro(CoinsText.Write(new Coins(micro))) == micro && Micro(CoinsText.Write(new Coins(-(micro >> 20)))) == -(micro >> 20))
        .Check(Config.QuickThrowOnFailure.WithMaxTest(2_000));

    [Theory]
    [InlineData("-0", 0)]
    [InlineData("-0.0", 0)]
    [InlineData("0e999999999999", 0)]
    [InlineData("1e0", 1_000_000)]
    [InlineData("1E+2", 100_000_000)]
    [InlineData("12e-1", 1_200_000)]
    [InlineData("1.5e3", 1_500_000_000)]
    [InlineData("0.00015e4", 1_500_000)]
    [InlineData("1e-6", 1)]
    [InlineData("1e-400", 0)]
    [InlineData("123456e-400000000", 0)]
    [InlineData("1e12", 1_000_000_000_000_000_000)]
    [InlineData("0.0000000000009223372036854775807e25", long.MaxValue)]
    public void Exponents_move_the_point(string json, long micro) => Micro(json).ShouldBe(micro);

    [Theory]
    [InlineData("0.0000005", 0)]
    [InlineData("0.0000015", 2)]
    [InlineData("0.0000025", 2)]
    [InlineData("0.0000035", 4)]
    [InlineData("-0.0000005", 0)]
    [InlineData("-0.0000015", -2)]
    [InlineData("0.00000050", 0)]
    [InlineData("0.00000050000000000001", 1)]
    [InlineData("0.0000004999999999999999", 0)]
    [InlineData("0.0000024999999999999999", 2)]
    [InlineData("0.00000250000001", 3)]
    [InlineData("5e-7", 0)]
    [InlineData("15e-7", 2)]
    [InlineData("0.5e-6", 0)]
    [InlineData("4e-7", 0)]
    [InlineData("5e-8", 0)]
    [InlineData("9.9999995", 10_000_000)]
    [InlineData("1.9999994999", 1_999_999)]
    [InlineData("9223372036854.7758074", long.MaxValue)]
    [InlineData("-9223372036854.7758084", long.MinValue)]
    [InlineData("-9223372036854.7758085", long.MinValue)] // a tie: the even one, which fits
    public void The_seventh_decimal_rounds_to_the_nearest_and_a_tie_to_the_even(string json, long micro) => Micro(json).ShouldBe(micro);

    [Fact]
    public void A_number_may_have_four_hundred_digits()
    {
        Micro("0." + new string('0', 400)).ShouldBe(0);
        Micro("1." + new string('0', 399) + "1").ShouldBe(1_000_000);
        Micro("0.000001" + new string('9', 400)).ShouldBe(2);
        Micro("0.0000005" + new string('0', 400) + "1").ShouldBe(1);
        Micro("0.0000005" + new string('0', 400)).ShouldBe(0);
        Micro(new string('9', 400)).ShouldBeNull();
        Micro(new string('9', 400) + "e-400").ShouldBe(1_000_000);
        Micro("1" + new string('0', 399) + "e-399").ShouldBe(1_000_000);
    }

    [Theory]
    [InlineData("9223372036854.775808")]
    [InlineData("9223372036854.7758075")] // rounds up to what does not fit
    [InlineData("-9223372036854.775809")]
    [InlineData("-9223372036854.77580851")]
    [InlineData("1e13")]
    [InlineData("-1e13")]
    [InlineData("1e400")]
    [InlineData("1e99999999999999999999")]
    [InlineData("92233720368547758070000000")]
    public void What_does_not_fit_is_refused(string json) => Micro(json).ShouldBeNull();

    [Theory]
    [InlineData("")]
    [InlineData("-")]
    [InlineData("+1")]
    [InlineData("--1")]
    [InlineData("01")]
    [InlineData("-01")]
    [InlineData("00")]
    [InlineData(".5")]
    [InlineData("1.")]
    [InlineData("1.e1")]
    [InlineData("1e")]
    [InlineData("1e+")]
    [InlineData("1e1.5")]
    [InlineData("1 ")]
    [InlineData(" 1")]
    [InlineData("1,5")]
    [InlineData("1_000")]
    [InlineData("0x10")]
    [InlineData("1.5.2")]
    [InlineData("NaN")]
    [InlineData("Infinity")]
    [InlineData("-Infinity")]
    [InlineData("null")]
    [InlineData("\"1\"")]
    [InlineData("١")]
    public void What_is_no_JSON_number_is_refused(string json) => Micro(json).ShouldBeNull();

    [Fact]
    public void Reading_agrees_with_decimal_arithmetic() => Prop.ForAll<int, NonNegativeInt, NonNegativeInt>((whole, fraction, zeros) =>
    {
        var text = $"{whole}.{new string('0', zeros.Get % 12)}{fraction.Get}";
        var expected = Math.Round(decimal.Parse(text, System.Globalization.CultureInfo.InvariantCulture), 6, MidpointRounding.ToEven);
        return Micro(text) == (long)(expected * Coins.MicroPerCoin);
    }).Check(Config.QuickThrowOnFailure.WithMaxTest(2_000));

    private static long? Micro(string json) => CoinsText.TryRead(Encoding.UTF8.GetBytes(json), out var coins) ? coins.Micro : null;
}
