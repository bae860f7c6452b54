using FsCheck;
using FsCheck.Fluent;
using Market.Protocol.Wire;

namespace Market.Protocol.Tests.Wire;

public class BytesTests
{
    [Theory]
    [InlineData(0UL, "00")]
    [InlineData(1UL, "01")]
    [InlineData(127UL, "7f")]
    [InlineData(128UL, "8001")]
    [InlineData(300UL, "ac02")]
    [InlineData(1UL << 63, "80808080808080808001")]
    [InlineData(ulong.MaxValue, "ffffffffffffffffff01")]
    public void Whole_numbers_are_seven_bits_a_byte_low_first(ulong value, string hex)
    {
        var to = new BytesWriter();
        to.Unsigned(value);
        Convert.ToHexStringLower(to.Written).ShouldBe(hex);
        new BytesReader(to.Written).Unsigned().ShouldBe(value);
    }

    [Theory]
    [InlineData(0, "00")]
    [InlineData(-1, "01")]
    [InlineData(1, "02")]
    [InlineData(-64, "7f")]
    [InlineData(64, "8001")]
    [InlineData(long.MaxValue, "feffffffffffffffff01")]
    [InlineData(long.MinValue, "ffffffffffffffffff01")]
    public void Signed_numbers_near_zero_are_short(long value, string hex)
    {
        var to = new BytesWriter();
        to.Signed(value);
        Convert.ToHexStringLower(to.Written).ShouldBe(hex);
        new BytesReader(to.Written).Signed().ShouldBe(value);
    }

    [Fact]
    public void Whatever_is_written_is_read_again() => Prop.ForAll<long, double, NonNull<string>>((number, real, text) =>
    {
        var wellFormed = System.Text.Encoding.UTF8.GetString(System.Text.Encoding.UTF8.GetBytes(text.Get));
        var to = new BytesWriter(0);
        to.Signed(number);
        to.Double(real);
        to.Text(text.Get);
        to.Unsigned((ulong)number);
        to.Fixed64((ulong)number);
        to.Flag(real > 0);
        var from = new BytesReader(to.Written);
        return from.Signed() == number
            && BitConverter.DoubleToInt64Bits(from.Double()) == BitConverter.DoubleToInt64Bits(real)
            && from.Text() == wellFormed
            && from.Unsigned() == (ulong)number
            && from.Fixed64() == (ulong)number
            && from.Flag() == real > 0
            && from.AtEnd;
    }).Check(Config.QuickThrowOnFailure.WithMaxTest(1_000));

    [Fact]
    public void Texts_of_any_length_are_read_again()
    {
        for (var length = 0; length < 200; length++)
        {
            foreach (var letter in new[] { 'x', 'é', '猿' })
            {
                var text = new string(letter, length);
                var to = new BytesWriter(0);
                to.Text(text);
                new BytesReader(to.Written).Text().ShouldBe(text);
            }
        }
    }

    [Fact]
    public void Clearing_keeps_nothing_that_was_written()
    {
        var to = new BytesWriter(4);
        to.Text("banana");
        to.Clear();
        to.Length.ShouldBe(0);
        to.Byte(7);
        to.WrittenMemory.ToArray().ShouldBe([7]);
        to.Take(2).Fill(1);
        to.Patch(0, 2).Fill(9);
        to.Written.ToArray().ShouldBe([9, 9, 1]);
    }

    [Fact]
    public void Taking_a_negative_length_is_corrupt() =>
        Should.Throw<CorruptBytesException>(() => new BytesReader([1, 2]).Take(-1));
}
