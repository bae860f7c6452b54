namespace Market.Node.Tests.Config.Hocon;

public class HoconValueTests
{
    [Theory]
    [InlineData("a = 1", "a=1")]
    [InlineData("a = -1.50e+3", "a=-1.50e+3")]
    [InlineData("a = 1e5", "a=1e5")]
    [InlineData("a = 1E-5", "a=1E-5")]
    [InlineData("a = true", "a=true")]
    [InlineData("a = null", "a")]
    [InlineData("a = \"null\"", "a=null")]
    [InlineData("a = nullable", "a=nullable")]
    [InlineData("a = 10.0bar", "a=10.0bar")]
    [InlineData("a = /usr/bin", "a=/usr/bin")]
    [InlineData("a = -", "a=-")]
    [InlineData("a = include", "a=include")]
    public void Numbers_booleans_and_text_are_kept_as_written(string text, string expected) =>
        Reading.Flat(text).ShouldBe(expected);

    [Theory]
    [InlineData("""a = "" """, "a=")]
    [InlineData("""a = "x = {1}, [2] # $" """, "a=x = {1}, [2] # $")]
    [InlineData("""a = "\"\\\/\b\f\n\r\t" """, "a=\"\\/\b\f\n\r\t")]
    [InlineData("""a = "\u00e9\uD83D\uDC12" """, "a=é🐒")]
    [InlineData("""a = "${b}" """, "a=${b}")]
    public void Quoted_strings_have_the_escapes_of_JSON(string text, string expected) =>
        Reading.Flat(text).ShouldBe(expected);

    [Theory]
    [InlineData("a = \"\"\"x\"\"\"", "a=x")]
    [InlineData("a = \"\"\"\"\"\"", "a=")]
    [InlineData("a = \"\"\"one\n  two\"\"\"", "a=one\n  two")]
    [InlineData("a = \"\"\"\\n \"q\" ${b} # x\"\"\"", "a=\\n \"q\" ${b} # x")]
    [InlineData("a = \"\"\"foo\"\"\"\"", "a=foo\"")]
    [InlineData("a = \"\"\"foo\"\"\"\"\"", "a=foo\"\"")]
    public void Triple_quotes_hold_raw_text_over_several_lines(string text, string expected) =>
        Reading.Flat(text).ShouldBe(expected);

    [Theory]
    [InlineData("a =  foo bar baz  ", "a=foo bar baz")]
    [InlineData("a = foo   bar", "a=foo   bar")]
    [InlineData("a = foo\tbar", "a=foo\tbar")]
    [InlineData("a = 10 bananas", "a=10 bananas")]
    [InlineData("a = true foo", "a=true foo")]
    [InlineData("a = null foo", "a=null foo")]
    [InlineData("a = \"x\" y \"z\"", "a=x y z")]
    [InlineData("a = \" x\"y", "a= xy")]
    [InlineData("a = foo bar # comment", "a=foo bar")]
    [InlineData("a = foo bar\n b = 1", "a=foo bar, b=1")]
    public void Text_side_by_side_becomes_one_with_the_space_between(string text, string expected) =>
        Reading.Flat(text).ShouldBe(expected);

    [Theory]
    [InlineData("a = [1, 2, 3]", "a:0=1, a:1=2, a:2=3")]
    [InlineData("a = [1, 2, 3,]", "a:0=1, a:1=2, a:2=3")]
    [InlineData("a = [\n1\n2\n3\n]", "a:0=1, a:1=2, a:2=3")]
    [InlineData("a = [ 1 2 3 4 ]", "a:0=1 2 3 4")]
    [InlineData("a = [ [ 1, 2 ] [ 3, 4 ] ]", "a:0:0=1, a:0:1=2, a:0:2=3, a:0:3=4")]
    [InlineData("a = [ [ 1, 2 ]\n [ 3, 4 ] ]", "a:0:0=1, a:0:1=2, a:1:0=3, a:1:1=4")]
    [InlineData("a = [ { b = 1 }, { b = 2, c = 3 } ]", "a:0:b=1, a:1:b=2, a:1:c=3")]
    [InlineData("a = [[]]", "a:0=")]
    [InlineData("a = [{}, null]", "a:0, a:1")]
    public void Lists_have_their_elements_under_an_index(string text, string expected) =>
        Reading.Flat(text).ShouldBe(expected);

    [Theory]
    [InlineData("a = [1, 2] [3, 4]", "a:0=1, a:1=2, a:2=3, a:3=4")]
    [InlineData("a = { b = 1 } { c = 2 }", "a:b=1, a:c=2")]
    [InlineData("a { b = 1 } { b = 2 }", "a:b=2")]
    [InlineData("a = { b { x = 1 } } { b { y = 2 } }", "a:b:x=1, a:b:y=2")]
    public void Lists_chain_and_objects_merge_side_by_side(string text, string expected) =>
        Reading.Flat(text).ShouldBe(expected);

    [Theory]
    [InlineData("a += 1", "a:0=1")]
    [InlineData("a += 1, a += 2, a += 3", "a:0=1, a:1=2, a:2=3")]
    [InlineData("a = [1], a += 2", "a:0=1, a:1=2")]
    [InlineData("a = [1], a += [2, 3]", "a:0=1, a:1:0=2, a:1:1=3")]
    [InlineData("a = ${b}, a += 2, b = [1]", "a:0=1, a:1=2, b:0=1")]
    [InlineData("a = ${?b}, a += 2", "a:0=2")]
    [InlineData("a.b = [1], a.b += 2", "a:b:0=1, a:b:1=2")]
    [InlineData("a = [1], a += { x = ${b} }, b = 7", "a:0=1, a:1:x=7, b=7")]
    [InlineData("a += 1, a = [2], a += 3", "a:0=2, a:1=3")]
    [InlineData("a = [ { l = ${b}, l += 2 } ], b = [1]", "a:0:l:0=1, a:0:l:1=2, b:0=1")]
    [InlineData("base { l = [1] }, a = ${base} { l += 2 }", "base:l:0=1, a:l:0=1, a:l:1=2")]
    [InlineData("a = [1], a = ${a} [2], a += 3, a = ${a} [4]", "a:0=1, a:1=2, a:2=3, a:3=4")]
    public void Plus_equals_appends_one_element_to_the_earlier_list(string text, string expected) =>
        Reading.Flat(text).ShouldBe(expected);
}
