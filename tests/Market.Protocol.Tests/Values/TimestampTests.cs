using System.Text;
using Market.Protocol.Values;

namespace Market.Protocol.Tests.Values;

public class TimestampTests
{
    private const long Workshop = 1_521_570_896_789;

    [Theory]
    [InlineData("2018-03-20T18:34:56.789Z", Workshop)]
    [InlineData("2018-03-20T18:34:56.789z", Workshop)]
    [InlineData("2018-03-20T18:34:56.789", Workshop)] // no offset: UTC
    [InlineData("2018-03-20T19:34:56.789+01:00", Workshop)]
    [InlineData("2018-03-20T19:34:56.789+0100", Workshop)]
    [InlineData("2018-03-20T13:04:56.789-05:30", Workshop)]
    [InlineData("2018-03-20 18:34:56.789Z", Workshop)]
    [InlineData("2018-03-20T18:34:56,789Z", Workshop)]
    [InlineData("2018-03-20T18:34:56.7Z", Workshop - 89)]
    [InlineData("2018-03-20T18:34:56Z", Workshop - 789)]
    [InlineData("2018-03-20T18:34Z", Workshop - 56_789)]
    [InlineData("2018-03-20", Workshop - 66_896_789)]
    [InlineData("1970-01-01T00:00:00.000Z", 0)]
    [InlineData("1969-12-31T23:59:59.999Z", -1)]
    [InlineData("0001-01-01T00:00:00.000Z", -62_135_596_800_000)]
    [InlineData("9999-12-31T23:59:59.999Z", 253_402_300_799_999)]
    [InlineData("2024-02-29T00:00:00Z", 1_709_164_800_000)]
    public void ISO_8601_is_read_with_any_offset(string text, long unixMs)
    {
        Timestamp.TryRead(text, out var read).ShouldBeTrue();
        read.UnixMs.ShouldBe(unixMs);
    }

    [Theory]
    [InlineData("2018-03-20T18:34:56.789123Z")]
    [InlineData("2018-03-20T18:34:56.789999Z")]
    [InlineData("2018-03-20T18:34:56.789999999Z")]
    [InlineData("2018-03-20T18:34:56.78999999999999999999Z")]
    [InlineData("2018-03-20T19:34:56.789999999999+01:00")]
    public void A_finer_fraction_is_cut_to_milliseconds(string text)
    {
        Timestamp.TryRead(text, out var read).ShouldBeTrue();
        read.UnixMs.ShouldBe(Workshop);
    }

    [Theory]
    [InlineData("")]
    [InlineData("now")]
    [InlineData("1521570896789")]
    [InlineData("10:30")] // a time without a date would be of the day it is read on
    [InlineData("18:34:56Z")]
    [InlineData("03/20/2018")]
    [InlineData("20 Mar 2018")]
    [InlineData("Tue, 20 Mar 2018 18:34:56 GMT")]
    [InlineData("2018-03")]
    [InlineData("2018-03-20X")]
    [InlineData("2018-02-29")]
    [InlineData("2018-13-01T00:00:00Z")]
    [InlineData("2018-03-20T25:00:00Z")]
    [InlineData("2018-03-20T18:34:56Z and more")]
    [InlineData("12018-03-20T00:00:00Z")]
    [InlineData("0001-01-01T00:00:00+10:00")]
    [InlineData("二〇一八-03-20")]
    public void Anything_else_is_no_time(string text) => Timestamp.TryRead(text, out _).ShouldBeFalse();

    [Theory]
    [InlineData(Workshop, "2018-03-20T18:34:56.789Z")]
    [InlineData(0, "1970-01-01T00:00:00.000Z")]
    [InlineData(-62_135_596_800_000, "0001-01-01T00:00:00.000Z")]
    [InlineData(253_402_300_799_999, "9999-12-31T23:59:59.999Z")]
    [InlineData(long.MinValue, "0001-01-01T00:00:00.000Z")] // beyond what has a text: the nearest that has
    [InlineData(long.MaxValue, "9999-12-31T23:59:59.999Z")]
    public void It_is_written_with_three_decimals_in_UTC(long unixMs, string text)
    {
        Span<byte> utf8 = stackalloc byte[Timestamp.TextLength];
        new Timestamp(unixMs).Write(utf8).ShouldBe(Timestamp.TextLength);
        Encoding.UTF8.GetString(utf8).ShouldBe(text);
        new Timestamp(unixMs).ToString().ShouldBe(text);
    }

    [Fact]
    public void Times_compare_and_count_as_their_milliseconds()
    {
        var (early, late) = (new Timestamp(Workshop), new Timestamp(Workshop).Plus(1));
        (early < late && early <= late && late > early && late >= early).ShouldBeTrue();
        late.MsSince(early).ShouldBe(1);
        early.CompareTo(late).ShouldBeNegative();
        Timestamp.Of(early.ToDateTimeOffset()).ShouldBe(early);
        Should.Throw<OverflowException>(() => new Timestamp(long.MaxValue).Plus(1));
    }
}
