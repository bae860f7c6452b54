using System.Text.Json.Nodes;
using Market.Node.Cli;

namespace Market.Node.Tests.Cli;

public sealed class GibbVerbTests : IAsyncLifetime
{
    private readonly Shell _shell = new();
    private NodeDouble _node = null!;

    public async Task InitializeAsync()
    {
        _node = await NodeDouble.StartAsync();
        _node.On("POST /api/markets/banana/gibbs", 202, Samples.Gibb);
        _shell.At(_node);
    }

    public async Task DisposeAsync()
    {
        await _node.DisposeAsync();
        _shell.Dispose();
    }

    [Fact]
    public async Task A_gibb_is_posted_word_for_word_and_its_worth_said()
    {
        var ran = await _shell.RunAsync("gibb", "--author", "bob", "@all banana [is]", "\"great\"");

        ran.Exit.ShouldBe(ExitCode.Done);
        ran.Out.ShouldContain("(+1 points)");
        var sent = JsonNode.Parse(_node.Last.Body)!;
        sent["author"]!.GetValue<string>().ShouldBe("bob");
        sent["text"]!.GetValue<string>().ShouldBe("@all banana [is] \"great\"");
        _node.Last.Bearer.ShouldBeNull();
    }

    [Fact]
    public async Task What_is_not_counted_says_why()
    {
        _node.On("POST /api/markets/banana/gibbs", 202, """{"id":"g","author":"bob","text":"x","points":-2,"counted":false,"reason":"same [text] again"}""");

        (await _shell.RunAsync("gibb", "--author", "bob", "x")).Out.ShouldContain("(-2 points, not counted: same [text] again)");
    }

    [Fact]
    public async Task JSON_is_the_gibb_as_scored() =>
        (await _shell.RunAsync("gibb", "--author", "bob", "x", "--json")).Json.Single().GetProperty("points").GetInt32().ShouldBe(1);

    [Fact]
    public async Task Too_many_gibbs_are_refused()
    {
        _node.On("POST /api/markets/banana/gibbs", 429, NodeDouble.Problem(429, "RATE_LIMITED", "20 a second.", 14));

        (await _shell.RunAsync("gibb", "--author", "bob", "x")).Exit.ShouldBe(ExitCode.Refused);
    }
}
