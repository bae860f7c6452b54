using System.Globalization;
using Market.Node.Cli.Screen;

namespace Market.Node.Tests.Cli;

public sealed class VisibleTextTests
{
    [Theory]
    [InlineData("alice", "alice")]
    [InlineData("Zoë 漢字 🍌", "Zoë 漢字 🍌")]
    [InlineData("a\u001b[31m", "a<U+001B>[31m")]
    [InlineData("a\nb\tc", "a<U+000A>b<U+0009>c")]
    [InlineData("\u202eevil", "<U+202E>evil")]
    [InlineData("\u2066a\u2069", "<U+2066>a<U+2069>")]
    [InlineData("a\u200bb\ufeff", "a<U+200B>b<U+FEFF>")]
    [InlineData("\u2028", "<U+2028>")]
    [InlineData("\u3164", "<U+3164>")]
    [InlineData("\U000e0041", "<U+E0041>")]
    [InlineData(null, "")]
    public void What_a_terminal_would_act_on_or_hide_is_shown(string? text, string shown) => VisibleText.Of(text).ShouldBe(shown);

    [Fact]
    public void Half_a_character_is_shown_as_the_replacement_character() => VisibleText.Of("a\ud800").ShouldBe("a\ufffd");

    [Fact]
    public void Numbers_read_the_same_in_every_culture()
    {
        var before = CultureInfo.CurrentCulture;
        CultureInfo.CurrentCulture = new CultureInfo("") { NumberFormat = { NumberDecimalSeparator = ",", NegativeSign = "~" } };
        try
        {
            (Numbers.Coins(-1.5m), Numbers.Change(-0.000001m), Numbers.Change(2m), Numbers.Whole(-3), Numbers.Points(4)).ShouldBe(("-1.50", "-0.000001", "+2.00", "-3", "+4"));
        }
        finally
        {
            CultureInfo.CurrentCulture = before;
        }
    }
}
