namespace Market.Node.Tests.Config.Hocon;

public class HoconObjectTests
{
    [Theory]
    [InlineData("", "")]
    [InlineData("{}", "")]
    [InlineData(" \n # nothing\n", "")]
    [InlineData("{ a = 1 }", "a=1")]
    [InlineData("\n\n{\n a = 1\n}\n\n# end", "a=1")]
    [InlineData("\uFEFFa = 1", "a=1")]
    public void Braces_around_the_whole_may_be_left_out(string text, string expected) =>
        Reading.Flat(text).ShouldBe(expected);

    [Theory]
    [InlineData("a { b { c = 1 } }", "a:b:c=1")]
    [InlineData("a : { b : { c : 1 } }", "a:b:c=1")]
    [InlineData("a = { b = { c = 1 } }", "a:b:c=1")]
    [InlineData("a{b{c=1}}", "a:b:c=1")]
    [InlineData("a\n{\n b\n =\n 1 }", "a:b=1")]
    [InlineData("""{"a":{"b":[1,true,null,"x"]}}""", "a:b:0=1, a:b:1=true, a:b:2, a:b:3=x")]
    [InlineData("a {}", "a")]
    [InlineData("a { b {} }", "a:b")]
    [InlineData("a = []", "a=")]
    public void Objects_nest_with_any_sign_before_the_brace_or_none(string text, string expected) =>
        Reading.Flat(text).ShouldBe(expected);

    [Theory]
    [InlineData("a = 1, b = 2", "a=1, b=2")]
    [InlineData("a = 1,\n b = 2,", "a=1, b=2")]
    [InlineData("a = 1\n, b = 2\n", "a=1, b=2")]
    [InlineData("{ a = 1\r\n b = 2\r\n }", "a=1, b=2")]
    [InlineData("a { x = 1, }, b { y = 2 }", "a:x=1, b:y=2")]
    public void Newlines_and_commas_part_fields_and_one_may_trail(string text, string expected) =>
        Reading.Flat(text).ShouldBe(expected);

    [Theory]
    [InlineData("a = 1 # one\nb = 2 // two\n# three\n// four", "a=1, b=2")]
    [InlineData("a { # open\n b = 1 // inside\n} // close", "a:b=1")]
    [InlineData("a = \"# no // comment\"", "a=# no // comment")]
    [InlineData("a = [ 1 # one\n 2 ]", "a:0=1, a:1=2")]
    [InlineData("a = x/y", "a=x/y")]
    [InlineData("a = x//y", "a=x")]
    [InlineData("a = x#y", "a=x")]
    public void Comments_reach_to_the_end_of_the_line(string text, string expected) =>
        Reading.Flat(text).ShouldBe(expected);

    [Theory]
    [InlineData("a.b.c = 1", "a:b:c=1")]
    [InlineData("a.x = 42, a.y = 43", "a:x=42, a:y=43")]
    [InlineData("a.b { c = 1 }", "a:b:c=1")]
    [InlineData("a.\"b.c\".d = 1", "a:b.c:d=1")]
    [InlineData("\"a b\" = 1", "a b=1")]
    [InlineData("a b c = 1", "a b c=1")]
    [InlineData("a\"b\"c = 1", "abc=1")]
    [InlineData("\"\" = 1", "=1")]
    [InlineData("a.\"\".b = 1", "a::b=1")]
    [InlineData("true = 42", "true=42")]
    [InlineData("3.14 = 42", "3:14=42")]
    [InlineData("10.0foo = 1", "10:0foo=1")]
    [InlineData("foo\"10.0\" = 1", "foo10.0=1")]
    [InlineData("1.2.3 = 1", "1:2:3=1")]
    [InlineData("anti-spam { max-orders = 5 }", "anti-spam:max-orders=5")]
    [InlineData("foo include = 1", "foo include=1")]
    [InlineData("\"include\" = 1", "include=1")]
    [InlineData("include.x = 1", "include:x=1")]
    public void Dots_outside_quotes_part_keys(string text, string expected) =>
        Reading.Flat(text).ShouldBe(expected);

    [Theory]
    [InlineData("a = 1, a = 2", "a=2")]
    [InlineData("foo { a = 42 }, foo { b = 43 }", "foo:a=42, foo:b=43")]
    [InlineData("foo { a { x = 1 } }, foo { a { y = 2 } }", "foo:a:x=1, foo:a:y=2")]
    [InlineData("foo { a = 1 }, foo { a = 2 }", "foo:a=2")]
    [InlineData("foo { a = 42 }, foo = null, foo { b = 43 }", "foo:b=43")]
    [InlineData("foo { a = 42 }, foo = 7", "foo=7")]
    [InlineData("foo { a = 42 }, foo = [7]", "foo:0=7")]
    [InlineData("foo = [1, 2, 3], foo = [4]", "foo:0=4")]
    [InlineData("a.b.c = 1, a { b { d = 2 } }", "a:b:c=1, a:b:d=2")]
    [InlineData("a { b = 1 }, a.b = 2, a.c = 3", "a:b=2, a:c=3")]
    public void The_later_value_of_a_key_wins_and_objects_merge(string text, string expected) =>
        Reading.Flat(text).ShouldBe(expected);

    [Theory]
    [InlineData("Market { Tick = 1 }, market { tick = 2 }", "Market:Tick=2")]
    [InlineData("a { b = 1 }, A { c = 2 }", "a:b=1, a:c=2")]
    public void Keys_ignore_case_and_keep_the_letters_of_their_first_mention(string text, string expected) =>
        Reading.Flat(text).ShouldBe(expected);
}
