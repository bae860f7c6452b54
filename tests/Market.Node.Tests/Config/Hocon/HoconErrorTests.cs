namespace Market.Node.Tests.Config.Hocon;

public class HoconErrorTests
{
    [Theory]
    [InlineData("[1]", "1:1: a configuration is an object, not a list; give the list a key: key = [ … ]")]
    [InlineData("{ a = 1 } b", "1:11: nothing may follow the '}' that closes the configuration, but here is 'b'")]
    [InlineData("a = 1\n}", "2:1: expected a key, e.g. name = value, but found '}'")]
    [InlineData("a {\n  b = 1\n", "1:3: a: this '{' is not closed before the end of the file")]
    [InlineData("{ a = 1", "1:1: this '{' is not closed before the end of the file")]
    [InlineData("a = [1, 2", "1:5: a: this '[' is not closed before the end of the file")]
    [InlineData("a = [1\n", "1:5: a: this '[' is not closed before the end of the file")]
    [InlineData("a = { b = 1 ]", "1:13: a: expected a newline or a comma before ']'; text that holds this sign needs quotes")]
    [InlineData(", a = 1", "1:1: expected a key, e.g. name = value, but found ','")]
    [InlineData("a = 1,, b = 2", "1:7: expected a key, e.g. name = value, but found ','")]
    [InlineData("a = [1,,2]", "1:8: a.1: expected a value, but found ','")]
    [InlineData("a = [,1]", "1:6: a.0: expected a value, but found ','")]
    [InlineData("a = [1}", "1:7: a: expected a newline or a comma before '}'; text that holds this sign needs quotes")]
    public void Braces_brackets_and_commas_must_match(string text, string message) =>
        Reading.Failure(text).Message.ShouldBe("cluster.hocon:" + message);

    [Theory]
    [InlineData("a", "1:2: a: expected '=', ':', '+=' or '{' after the key, but found the end of the file")]
    [InlineData("a [1]", "1:3: a: expected '=', ':', '+=' or '{' after the key, but found '['")]
    [InlineData("= 1", "1:1: expected a key, e.g. name = value, but found '='")]
    [InlineData("${a} = 1", "1:1: expected a key, e.g. name = value, but found '${'")]
    [InlineData("{ a = 1 } \"\"\"one\ntwo\"\"\"", "1:11: nothing may follow the '}' that closes the configuration, but here is \"one·two\"")]
    [InlineData("{ a = 1 } one-very-long-word-of-more-than-forty-letters", "1:11: nothing may follow the '}' that closes the configuration, but here is 'one-very-long-word-of-more-than-forty-le…'")]
    [InlineData("a..b = 1", "1:3: a key is missing beside this dot; write a.b, or \"\" for an empty key")]
    [InlineData(".a = 1", "1:1: a key is missing beside this dot; write a.b, or \"\" for an empty key")]
    [InlineData("a. = 1", "1:4: a key is missing beside this dot; write a.b, or \"\" for an empty key")]
    [InlineData("a . b = 1", "1:3: no space may stand beside the dot of a key; write a.b")]
    [InlineData("a. b = 1", "1:4: no space may stand beside the dot of a key; write a.b")]
    [InlineData("\"a:b\" = 1", "1:1: a key may not contain ':', which parts keys once the file is read; use '-' or '.'")]
    [InlineData("include b", "1:1: include takes one file name in quotes: include \"other.hocon\"; a key of this name needs quotes itself")]
    [InlineData("include = 1", "1:1: include takes one file name in quotes: include \"other.hocon\"; a key of this name needs quotes itself")]
    public void Keys_must_be_whole(string text, string message) =>
        Reading.Failure(text).Message.ShouldBe("cluster.hocon:" + message);

    [Theory]
    [InlineData("market {\n  tick =\n}", "3:1: market.tick: expected a value, but found '}'")]
    [InlineData("a =", "1:4: a: expected a value, but found the end of the file")]
    [InlineData("a =\nb = 1", "1:3: a: no value follows this '='; for empty text write \"\"")]
    [InlineData("a = b = 1", "1:7: expected a newline or a comma before '='; text that holds this sign needs quotes")]
    [InlineData("url = http://x", "1:11: expected a newline or a comma before ':'; text that holds this sign needs quotes")]
    [InlineData("a = x@y", "1:6: a: '@' may stand only inside quotes: \"…\"")]
    [InlineData("a = 1 + 2", "1:7: a: '+' may stand only inside quotes: \"…\"")]
    [InlineData("a = $b", "1:5: a: '$' may stand only inside quotes: \"…\"")]
    [InlineData("a = C:\\x", "1:6: expected a newline or a comma before ':'; text that holds this sign needs quotes")]
    [InlineData("a = x { b = 1 }", "1:7: a: an object cannot follow text on one line; part them by a comma or a newline")]
    [InlineData("a = { b = 1 } x", "1:15: a: text cannot follow an object on one line; part them by a comma or a newline")]
    [InlineData("a { b = 1 } [1]", "1:13: a: a list cannot follow an object on one line; part them by a comma or a newline")]
    [InlineData("m.t = 1\nm.t2 = \"x", "2:8: m.t2: this string is not closed; end it with \" on the same line, or use \"\"\" for several lines")]
    [InlineData("a = \"x\n\"", "1:5: a: this string is not closed; end it with \" on the same line, or use \"\"\" for several lines")]
    [InlineData("a = \"x\r\n\"", "1:5: a: this string is not closed; end it with \" on the same line, or use \"\"\" for several lines")]
    [InlineData("a = \"\"\"x\"\"", "1:5: a: this string is not closed; end it with \"\"\"")]
    [InlineData("a = \"x\ty\"", "1:7: a: U+0009 may not stand in a quoted string; write it as an escape, e.g. \\t")]
    [InlineData("a = \"\\q\"", "1:6: a: this escape is unknown; JSON has \\\" \\\\ \\/ \\b \\f \\n \\r \\t and \\u with four hexadecimal digits")]
    [InlineData("a = \"\\u12g4\"", "1:6: a: \\u takes four hexadecimal digits, e.g. \\u00e9")]
    [InlineData("a = \"\\", "1:6: a: this escape is unknown; JSON has \\\" \\\\ \\/ \\b \\f \\n \\r \\t and \\u with four hexadecimal digits")]
    public void Values_must_be_whole(string text, string message) =>
        Reading.Failure(text).Message.ShouldBe("cluster.hocon:" + message);

    [Theory]
    [InlineData("a = ${}", "1:5: a: expected a path after '${', e.g. ${market.tick}")]
    [InlineData("a = ${?}", "1:5: a: expected a path after '${?', e.g. ${?market.tick}")]
    [InlineData("a = ${b", "1:8: a: expected the '}' that closes '${b', but found the end of the file")]
    [InlineData("a = ${b${c}}", "1:8: a: expected the '}' that closes '${b', but found '${'")]
    [InlineData("a = ${ ?b}", "1:8: a: '?' may stand only inside quotes: \"…\"")]
    [InlineData("a = ${b..c}", "1:9: a: a key is missing beside this dot; write a.b, or \"\" for an empty key")]
    [InlineData("m {\n  t = ${x.y}\n}", "2:7: m.t: ${x.y} is defined neither in the configuration nor in the environment; define it, or write ${?x.y} if it may be missing")]
    [InlineData("a = [1, ${x}]", "1:9: a.1: ${x} is defined neither in the configuration nor in the environment; define it, or write ${?x} if it may be missing")]
    [InlineData("a = ${b.c}, b = 1", "1:5: a: ${b.c} is defined neither in the configuration nor in the environment; define it, or write ${?b.c} if it may be missing")]
    [InlineData("a = x${b}, b { c = 1 }", "1:6: a: an object cannot be joined to text; both must be of one kind")]
    [InlineData("a = ${b} [1], b = x", "1:10: a: a list cannot be joined to text; both must be of one kind")]
    [InlineData("a = 1, a += 2", "1:10: a: a list cannot be joined to text; both must be of one kind")]
    [InlineData("a { x = 1 }, a += 2", "1:16: a: a list cannot be joined to an object; both must be of one kind")]
    public void Substitutions_must_lead_to_what_fits(string text, string message) =>
        Reading.Failure(text).Message.ShouldBe("cluster.hocon:" + message);

    [Theory]
    [InlineData("a = ${a}", "1:5: a: ${a} leads back to itself (a → a) and there is no earlier value to use")]
    [InlineData("foo = ${foo}, foo { a = 1 }", "1:7: foo: ${foo} leads back to itself (foo → foo) and there is no earlier value to use")]
    [InlineData("bar = ${foo}\nfoo = ${bar}", "2:7: foo: ${bar} leads back to itself (bar → foo → bar) and there is no earlier value to use")]
    [InlineData("a = ${b}\nb = ${c}\nc = ${a}", "3:5: c: ${a} leads back to itself (a → b → c → a) and there is no earlier value to use")]
    [InlineData("a { b = ${a} }", "1:9: a.b: this contains itself; a substitution may not name an object or a list around it")]
    [InlineData("a { b = ${a} { b { x = 1 } } }", "1:18: a.b.b: this contains itself; a substitution may not name an object or a list around it")]
    [InlineData("a = [${a}]", "1:6: a.0: this contains itself; a substitution may not name an object or a list around it")]
    [InlineData("a { b = ${c} }, c { d = ${a} }", "1:9: a.b: this contains itself; a substitution may not name an object or a list around it")]
    public void Circles_are_refused(string text, string message) =>
        Reading.Failure(text).Message.ShouldBe("cluster.hocon:" + message);

    [Fact]
    public void An_error_carries_its_place_and_key_for_programs_too()
    {
        var failure = Reading.Failure("market {\n  tick = ${x}\n}");
        failure.Origin.File.ShouldBe("cluster.hocon");
        failure.Origin.Line.ShouldBe(2);
        failure.Origin.Column.ShouldBe(10);
        failure.KeyPath.ShouldBe("market.tick");
    }
}
