using Market.Node.Config.Hocon;

namespace Market.Node.Tests.Config.Hocon;

public class HoconOriginTests
{
    [Theory]
    [InlineData("a = 1", 1, 5)]
    [InlineData("\n\n  a.b = 1", 3, 9)]
    [InlineData("a =\n\n  x y", 3, 3)]
    [InlineData("a = \"\"\"one\ntwo\"\"\", a = 3", 2, 13)]
    [InlineData("a = 1\na = 2", 2, 5)]
    [InlineData("a = 1\na = ${?nothing}", 1, 5)]
    [InlineData("a = x${b}\n\nb = 1", 1, 5)]
    [InlineData("a = [\n  1\n]", 2, 3)]
    [InlineData("a = []", 1, 5)]
    [InlineData("a {}", 1, 3)]
    public void A_value_keeps_the_place_where_it_was_written(string text, int line, int column) =>
        Reading.Document(text).Entries[0].Origin.ShouldBe(new HoconOrigin(Reading.FileName, line, column));

    [Fact]
    public void A_substituted_value_keeps_the_place_where_its_text_can_be_mended() =>
        Reading.Document("a = ${b}\n\nb = abc").Entries[0].ShouldBe(new HoconEntry("a", "abc", new HoconOrigin(Reading.FileName, 3, 5)));

    [Fact]
    public void A_value_of_the_environment_has_the_place_of_its_substitution() =>
        Reading.Document("a = 1\na = ${?A_VALUE}", ("A_VALUE", "x")).Entries[0].ShouldBe(new HoconEntry("a", "x", new HoconOrigin(Reading.FileName, 2, 5)));

    [Fact]
    public void A_place_reads_as_file_and_line() =>
        Reading.Document("\na = 1").Entries[0].Origin.ToString().ShouldBe("cluster.hocon:2");
}
