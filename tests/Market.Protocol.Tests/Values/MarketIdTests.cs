using Market.Protocol.Values;

namespace Market.Protocol.Tests.Values;

public class MarketIdTests
{
    [Theory]
    [InlineData("banana")]
    [InlineData("b")]
    [InlineData("-")]
    [InlineData("2018-mktd6")]
    [InlineData("abcdefghijklmnopqrstuvwxyz-01234")] // 32
    public void One_to_thirty_two_small_letters_digits_and_hyphens_name_a_market(string text)
    {
        MarketId.TryRead(text, out var id).ShouldBeTrue();
        id.Value.ShouldBe(text);
        id.ToString().ShouldBe(text);
        id.ShouldBe(MarketId.Of(text));
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("Banana")]
    [InlineData("banana ")]
    [InlineData("banana/price")]
    [InlineData("ba_nana")]
    [InlineData("bañana")]
    [InlineData("banana\n")]
    [InlineData("abcdefghijklmnopqrstuvwxyz-012345")] // 33
    public void Anything_else_does_not(string? text)
    {
        MarketId.TryRead(text, out _).ShouldBeFalse();
        Should.Throw<FormatException>(() => MarketId.Of(text!));
    }
}
