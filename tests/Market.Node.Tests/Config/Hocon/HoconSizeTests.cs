using Market.Node.Config.Hocon;

namespace Market.Node.Tests.Config.Hocon;

public class HoconSizeTests
{
    [Theory]
    [InlineData("4096", 4096)]
    [InlineData("5B", 5)]
    [InlineData("1 byte", 1)]
    [InlineData("1k", 1024)]
    [InlineData("1K", 1024)]
    [InlineData("1Ki", 1024)]
    [InlineData("256 KiB", 262_144)]
    [InlineData("2 kibibytes", 2048)]
    [InlineData("1kB", 1000)]
    [InlineData("1KB", 1000)]
    [InlineData("3 kilobytes", 3000)]
    [InlineData("10MB", 10_000_000)]
    [InlineData("1m", 1_048_576)]
    [InlineData("1.5 GiB", 1_610_612_736)]
    [InlineData("1 TB", 1_000_000_000_000)]
    [InlineData("1P", 1_125_899_906_842_624)]
    [InlineData("1e", 1_152_921_504_606_846_976)]
    [InlineData("7 exbibytes", 8_070_450_532_247_928_832)]
    [InlineData("0.001 ZB", 1_000_000_000_000_000_000)]
    [InlineData("1e3", 1000)]
    [InlineData("0.0005 KiB", 0)]
    [InlineData("9223372036854775807", long.MaxValue)]
    public void A_number_and_a_unit_are_a_size(string text, long expected)
    {
        HoconSize.TryParse(text, out var bytes).ShouldBeTrue();
        bytes.ShouldBe(expected);
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("KiB")]
    [InlineData("-1")]
    [InlineData("1 kb")]
    [InlineData("1 kiB")]
    [InlineData("1 parsec")]
    [InlineData("8E")]
    [InlineData("1 ZiB")]
    [InlineData("9223372036854775808")]
    public void Anything_else_is_not_a_size(string? text) =>
        HoconSize.TryParse(text, out _).ShouldBeFalse();
}
