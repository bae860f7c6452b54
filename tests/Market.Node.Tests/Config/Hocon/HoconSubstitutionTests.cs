namespace Market.Node.Tests.Config.Hocon;

public class HoconSubstitutionTests
{
    [Theory]
    [InlineData("a = 1, b = ${a}", "a=1, b=1")]
    [InlineData("b = ${a}, a = 1", "b=1, a=1")]
    [InlineData("a = 1, b = ${a}, a = 2", "a=2, b=2")]
    [InlineData("x { y = 1 }, b = ${x.y}", "x:y=1, b=1")]
    [InlineData("x.\"y.z\" = 1, b = ${x.\"y.z\"}", "x:y.z=1, b=1")]
    [InlineData("a = 1, b = ${ a }", "a=1, b=1")]
    [InlineData("a { x = 1 }, b = ${a}", "a:x=1, b:x=1")]
    [InlineData("a = [1, 2], b = ${a}", "a:0=1, a:1=2, b:0=1, b:1=2")]
    [InlineData("a = null, b = ${a}", "a, b")]
    [InlineData("a = [${b}, ${c}], b = 1, c = [2]", "a:0=1, a:1:0=2, b=1, c:0=2")]
    [InlineData("Market.Tick = 1, b = ${market.tick}", "Market:Tick=1, b=1")]
    public void A_substitution_is_the_final_value_at_its_path(string text, string expected) =>
        Reading.Flat(text).ShouldBe(expected);

    [Theory]
    [InlineData("a = cat, b = ${a} is my favorite animal", "a=cat, b=cat is my favorite animal")]
    [InlineData("a = cat, b = ${a}\" is mine\"", "a=cat, b=cat is mine")]
    [InlineData("a = x, b = y, c = ${a}  ${b}", "a=x, b=y, c=x  y")]
    [InlineData("a = x, b = y, c = ${a}${b}", "a=x, b=y, c=xy")]
    [InlineData("h = localhost, p = 80, u = \"http://\"${h}\":\"${p}/", "h=localhost, p=80, u=http://localhost:80/")]
    [InlineData("a = 1e5, b = x${a}", "a=1e5, b=x1e5")]
    [InlineData("a = null, b = x${a}", "a, b=xnull")]
    [InlineData("a = [1], b = ${a} [2]", "a:0=1, b:0=1, b:1=2")]
    [InlineData("a = [1], b = [0] ${a} ${a}", "a:0=1, b:0=0, b:1=1, b:2=1")]
    public void A_substitution_joins_what_stands_beside_it(string text, string expected) =>
        Reading.Flat(text).ShouldBe(expected);

    [Theory]
    [InlineData("base { size = 6 }, east = ${base} { name = \"east\" }", "base:size=6, east:size=6, east:name=east")]
    [InlineData("base { s = 6, t = 1 }, east = ${base} { s = 7 }", "base:s=6, base:t=1, east:s=7, east:t=1")]
    [InlineData("base { s = 6 }, east = { s = 7 } ${base}", "base:s=6, east:s=6")]
    [InlineData("base { s = 6 }, east = ${base}, east { t = 1 }", "base:s=6, east:s=6, east:t=1")]
    [InlineData("base { s = 6 }, east { t = 1 }, east = ${base}", "base:s=6, east:t=1, east:s=6")]
    [InlineData("base { n { x = 1 } }, east = ${base} { n { y = 2 } }", "base:n:x=1, east:n:x=1, east:n:y=2")]
    [InlineData("base { n = 1 }, east = ${base} { n = 2 }, base { n = 3 }", "base:n=3, east:n=2")]
    public void An_object_inherits_by_standing_beside_a_substitution(string text, string expected) =>
        Reading.Flat(text).ShouldBe(expected);

    [Theory]
    [InlineData("a { l += 1 }, a = ${a}", "a:l:0=1")]
    [InlineData("a { l += 1 }, a = ${a} { l += 2 }", "a:l:0=1, a:l:1=2")]
    [InlineData("a { l += 1 }, b = ${a} { l += 2 } ${a}", "a:l:0=1, b:l:0=1")]
    [InlineData("a { l += 1 }, a = ${?b}, a { l += 2 }", "a:l:0=1, a:l:1=2")]
    [InlineData("a { l += 1 }, a = ${b}, a { l += 2 }, b { l = [9] }", "a:l:0=9, a:l:1=2, b:l:0=9")]
    [InlineData("a { o { l += 1 } }, a = ${a} { o { l += 2 } }", "a:o:l:0=1, a:o:l:1=2")]
    [InlineData("a { p = ${?a.p}x }, a = ${a} { q = 1 }", "a:p=x, a:q=1")]
    [InlineData("a { p = ${?a.p}x }, b = ${a} { p = ${?nothing} }", "a:p=x, b:p=x")]
    [InlineData("a { o { p = ${?a.o.p}x } }, b = ${a} { o { p = ${?nothing} } }", "a:o:p=x, b:o:p=x")]
    [InlineData("a { l = [1] }, a = ${a} { l = ${a.l} [2] }", "a:l:0=1, a:l:1=2")]
    [InlineData("b = ${a}, a { l = [1] }, a { l = ${b.l} [2] }", "b:l:0=1, b:l:1=2, a:l:0=1, a:l:1=2")]
    public void An_inherited_field_is_its_value_and_not_its_text(string text, string expected) =>
        Reading.Flat(text).ShouldBe(expected);

    [Theory]
    [InlineData("a = ${?b}", "")]
    [InlineData("a = 1, a = ${?b}", "a=1")]
    [InlineData("a = 1, a = ${?b}, b = 2", "a=2, b=2")]
    [InlineData("a { x = 1 }, a = ${?b}", "a:x=1")]
    [InlineData("a { x = 1 }, a = ${?b}, a { y = 2 }", "a:x=1, a:y=2")]
    [InlineData("a = ${?b}${?c}", "")]
    [InlineData("a = ${?b} ${?c}", "")]
    [InlineData("a = ${?b}foo", "a=foo")]
    [InlineData("a = x ${?b}", "a=x ")]
    [InlineData("a = [1, ${?b}, 2]", "a:0=1, a:1=2")]
    [InlineData("a = [${?b}]", "a=")]
    [InlineData("a = ${?b} [1]", "a:0=1")]
    [InlineData("a = ${?b} { x = 1 }", "a:x=1")]
    [InlineData("a { b = ${?c} }", "a")]
    public void An_optional_substitution_that_finds_nothing_is_as_if_not_written(string text, string expected) =>
        Reading.Flat(text).ShouldBe(expected);

    [Theory]
    [InlineData("path = \"a:b\", path = ${path}\":c\"", "path=a:b:c")]
    [InlineData("path = [ /bin ], path = ${path} [ /usr/bin ]", "path:0=/bin, path:1=/usr/bin")]
    [InlineData("a = 1, a = ${a}2, a = ${a}3", "a=123")]
    [InlineData("a = x, a = ${a}${a}", "a=xx")]
    [InlineData("foo { a = 1 }, foo = ${foo}", "foo:a=1")]
    [InlineData("foo { a { c = 1 } }, foo = ${foo.a}, foo { a = 2 }", "foo:a=2, foo:c=1")]
    [InlineData("a = ${?a}foo", "a=foo")]
    [InlineData("foo = ${?foo}", "")]
    [InlineData("a.b = 1, a.b = ${a.b}2", "a:b=12")]
    [InlineData("a = [1], b = ${a}, a = ${b} [2]", "a:0=1, a:1=2, b:0=1")]
    [InlineData("a = 1, b = 2, a = ${b}, b = ${a}", "a=1, b=1")]
    [InlineData("a = ${?b}, b = ${?a}", "")]
    public void A_field_that_names_itself_means_its_earlier_value(string text, string expected) =>
        Reading.Flat(text).ShouldBe(expected);

    [Theory]
    [InlineData("bar { foo = 42, baz = ${bar.foo} }", "bar:foo=42, bar:baz=42")]
    [InlineData("bar { foo = 42, baz = ${bar.foo} }, bar { foo = 43 }", "bar:foo=43, bar:baz=43")]
    [InlineData("bar { a = ${foo.d}, b = 1 }, bar.b = 3, foo { c = ${bar.b}, d = 2 }, foo.d = 4", "bar:a=4, bar:b=3, foo:c=3, foo:d=4")]
    [InlineData("d { tick = 1s, wait = ${m.tick} }, m = ${d}, m { tick = 2s }", "d:tick=1s, d:wait=2s, m:tick=2s, m:wait=2s")]
    public void Objects_may_refer_into_themselves_and_each_other(string text, string expected) =>
        Reading.Flat(text).ShouldBe(expected);

    [Theory]
    [InlineData("foo = ${does-not-exist}, foo = 42", "foo=42")]
    [InlineData("foo = ${foo}, foo = 42", "foo=42")]
    [InlineData("foo = ${does-not-exist}, foo = [1]", "foo:0=1")]
    public void A_covered_substitution_is_never_looked_at(string text, string expected) =>
        Reading.Flat(text).ShouldBe(expected);

    [Theory]
    [InlineData("a = ${HOME}", "a=/home/bonobo")]
    [InlineData("a = ${?HOME}", "a=/home/bonobo")]
    [InlineData("a = ${HOME}/market", "a=/home/bonobo/market")]
    [InlineData("HOME = here, a = ${HOME}", "HOME=here, a=here")]
    [InlineData("HOME = null, a = ${?HOME}", "HOME, a")]
    [InlineData("a = 1, a = ${?NOT_SET}", "a=1")]
    [InlineData("a = x${EMPTY}", "a=x")]
    [InlineData("a = ${dotted.name}", "a=dots")]
    public void The_environment_answers_where_the_file_has_no_such_key(string text, string expected) =>
        Reading.Flat(text, ("HOME", "/home/bonobo"), ("EMPTY", ""), ("dotted.name", "dots")).ShouldBe(expected);

    [Theory]
    [InlineData("port = 80, port = ${?PORT}", "port=8080")]
    [InlineData("path = ${PATH}\":/x\"", "path=/bin:/x")]
    [InlineData("market { x = 1 }, name = ${?MARKET}", "market:x=1, name=banana")]
    public void Capitals_mean_the_environment_before_a_key_in_small_letters(string text, string expected) =>
        Reading.Flat(text, ("PORT", "8080"), ("PATH", "/bin"), ("MARKET", "banana")).ShouldBe(expected);

    [Fact]
    public void Without_the_variable_the_default_before_it_remains() =>
        Reading.Flat("port = 80, port = ${?PORT}").ShouldBe("port=80");
}
