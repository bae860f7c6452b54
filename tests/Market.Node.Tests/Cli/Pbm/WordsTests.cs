using Market.Node.Cli.Pbm;

namespace Market.Node.Tests.Cli.Pbm;

public sealed class WordsTests
{
    [Theory]
    [InlineData("", "")]
    [InlineData("  cluster   show ", "cluster|show")]
    [InlineData("actor show '/banana/trader/BONOBO/a b'", "actor|show|/banana/trader/BONOBO/a b")]
    [InlineData("actor show /banana/trader/BONOBO/\"a b\"", "actor|show|/banana/trader/BONOBO/a b")]
    [InlineData("say \"it's\" 'a \"word\"'", "say|it's|a \"word\"")]
    [InlineData("ask /x {\"a\": \"b } c\", \"d\": {\"e\": 1}} --yes", "ask|/x|{\"a\": \"b } c\", \"d\": {\"e\": 1}}|--yes")]
    [InlineData("ask {\"a\": \"\\\" }\"} --yes", "ask|{\"a\": \"\\\" }\"}|--yes")]
    [InlineData("ask {\"never closed", "ask|{\"never closed")]
    [InlineData("ask {\"a\\", "ask|{\"a\\")]
    [InlineData("an 'open quote", "an|open quote")]
    public void A_line_is_parted_into_words(string line, string words) => string.Join('|', Words.Of(line)).ShouldBe(words);
}
