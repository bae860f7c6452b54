using Market.Node.Config.Hocon;

namespace Market.Node.Tests.Config.Hocon;

public class HoconDurationTests
{
    [Theory]
    [InlineData("250", 2_500_000)]
    [InlineData("1.5", 15_000)]
    [InlineData("100ns", 1)]
    [InlineData("250 nanos", 3)]
    [InlineData("49ns", 0)]
    [InlineData("1us", 10)]
    [InlineData("3 microseconds", 30)]
    [InlineData("500 ms", 5_000_000)]
    [InlineData("1 millisecond", 10_000)]
    [InlineData("1s", 10_000_000)]
    [InlineData("0.1s", 1_000_000)]
    [InlineData("2 seconds", 20_000_000)]
    [InlineData("1m", 600_000_000)]
    [InlineData("10 minutes", 6_000_000_000)]
    [InlineData("1.5 h", 54_000_000_000)]
    [InlineData("1d", 864_000_000_000)]
    [InlineData("  7   days ", 6_048_000_000_000)]
    [InlineData("1e3 ms", 10_000_000)]
    [InlineData("-1s", -10_000_000)]
    [InlineData("9223372036854775807 ns", 92_233_720_368_547_758)]
    public void A_number_and_a_unit_are_a_duration(string text, long ticks)
    {
        HoconDuration.TryParse(text, out var duration).ShouldBeTrue();
        duration.Ticks.ShouldBe(ticks);
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("s")]
    [InlineData("abc")]
    [InlineData("1 S")]
    [InlineData("1 fortnight")]
    [InlineData("1 s 5")]
    [InlineData("1,5 s")]
    [InlineData("0x10")]
    [InlineData("infinite")]
    [InlineData("10675200d")]
    [InlineData("79228162514264337593543950335 d")]
    [InlineData("99999999999999999999999999999999 ns")]
    public void Anything_else_is_not_a_duration(string? text) =>
        HoconDuration.TryParse(text, out _).ShouldBeFalse();
}
