using System.Text.Json.Nodes;
using Market.Node.Cli;

namespace Market.Node.Tests.Cli;

public sealed class SendVerbTests : IAsyncLifetime
{
    private const string Token = "tok-of-alice";

    private readonly Shell _shell = new();
    private NodeDouble _node = null!;

    public async Task InitializeAsync()
    {
        _node = await NodeDouble.StartAsync();
        Answer(Samples.Accepted);
        _shell.At(_node).With("MARKET_TOKEN", Token);
    }

    public async Task DisposeAsync()
    {
        await _node.DisposeAsync();
        _shell.Dispose();
    }

    [Theory]
    [InlineData("BUY", "3", """{"txnId":"t1","type":"BUY","shares":3}""", "bought 3 shares at 1.02")]
    [InlineData("sell", "3", """{"txnId":"t1","type":"SELL","shares":3}""", "sold 3 shares at 1.02")]
    [InlineData("Feed", "2", """{"txnId":"t1","type":"FEED","monkeys":2}""", "fed 2 monkeys")]
    [InlineData("INVEST", "2.5", """{"txnId":"t1","type":"INVEST","invested":2.5}""", "invested 2.50 coins")]
    [InlineData("INVEST", "0.000001", """{"txnId":"t1","type":"INVEST","invested":0.000001}""", "invested 0.000001 coins")]
    public async Task Each_command_is_sent_as_the_protocol_has_it_and_answered_in_words(string type, string amount, string body, string words)
    {
        var ran = await _shell.RunAsync("send", "BONOBO/alice", type, amount, "--txn", "t1");

        ran.Exit.ShouldBe(ExitCode.Done);
        JsonNode.DeepEquals(JsonNode.Parse(_node.Last.Body), JsonNode.Parse(body)).ShouldBeTrue(_node.Last.Body);
        _node.Last.Bearer.ShouldBe(Token);
        ran.Out.ShouldContain("ACCEPTED");
        ran.Out.ShouldContain("(0)");
        ran.Out.ShouldContain(words);
        ran.Error.ShouldBeEmpty();
        ran.All.ShouldNotContain(Token);
    }

    [Fact]
    public async Task A_drawn_txn_is_said_so_that_it_can_be_sent_again()
    {
        var ran = await _shell.RunAsync("send", "BONOBO/alice", "BUY", "3");

        var txn = JsonNode.Parse(_node.Last.Body)!["txnId"]!.GetValue<string>();
        ran.Error.ShouldContain($"--txn {txn}");
        await _shell.RunAsync("send", "BONOBO/alice", "BUY", "3");
        JsonNode.Parse(_node.Last.Body)!["txnId"]!.GetValue<string>().ShouldNotBe(txn);
    }

    [Fact]
    public async Task A_refusal_of_the_rules_ends_with_3_and_says_why()
    {
        Answer(Samples.TooFewCoins);

        var ran = await _shell.RunAsync("send", "BONOBO/alice", "BUY", "10", "--txn", "t1");

        ran.Exit.ShouldBe(ExitCode.Refused);
        ran.Out.ShouldContain("INSUFFICIENT_COINS (31)");
        ran.Out.ShouldContain("there are 6.94");
    }

    [Fact]
    public async Task A_duplicate_of_an_accepted_command_is_done()
    {
        Answer(Samples.Duplicate);

        var ran = await _shell.RunAsync("send", "BONOBO/alice", "BUY", "3", "--txn", "t1");

        ran.Exit.ShouldBe(ExitCode.Done);
        ran.Out.ShouldContain("DUPLICATE of ACCEPTED");
        ran.Out.ShouldContain("nothing happened twice");
    }

    [Fact]
    public async Task A_duplicate_of_a_refusal_is_refused_for_the_first_reason()
    {
        Answer(Samples.DuplicateOfRefused);

        var ran = await _shell.RunAsync("send", "BONOBO/alice", "BUY", "3", "--txn", "t1");

        ran.Exit.ShouldBe(ExitCode.Refused);
        ran.Out.ShouldContain("Not enough coins.");
    }

    [Theory]
    [InlineData("TXN_ID_REUSED", 21, "choose a new one")]
    [InlineData("MARKET_CLOSED", 13, "not running")]
    [InlineData("SOMETHING_NEW", 99, "SOMETHING_NEW (99)")]
    public async Task Every_other_status_is_refused_with_its_name_number_and_meaning(string status, int code, string words)
    {
        Answer($$"""{"txnId":"t1","type":"MARKET","status":"{{status}}","code":{{code}}}""");

        var ran = await _shell.RunAsync("send", "BONOBO/alice", "BUY", "3", "--txn", "t1");

        ran.Exit.ShouldBe(ExitCode.Refused);
        ran.Out.ShouldContain($"{status} ({code})");
        ran.Out.ShouldContain(words);
    }

    [Fact]
    public async Task JSON_is_the_result_whatever_the_status()
    {
        Answer(Samples.TooFewCoins);

        var ran = await _shell.RunAsync("send", "BONOBO/alice", "BUY", "3", "--json");

        ran.Exit.ShouldBe(ExitCode.Refused);
        ran.Json.Single().GetProperty("status").GetString().ShouldBe("INSUFFICIENT_COINS");
    }

    [Fact]
    public async Task A_problem_is_told_without_the_token_even_when_the_node_repeats_it()
    {
        _node.On("POST /api/markets/banana/commands", 401, NodeDouble.Problem(401, "UNAUTHORIZED", $"{Token} is not good.", 11));

        foreach (var json in (string[][])[[], ["--json"]])
        {
            var ran = await _shell.RunAsync(["send", "BONOBO/alice", "BUY", "3", .. json]);

            ran.Exit.ShouldBe(ExitCode.Refused);
            ran.Error.ShouldContain("UNAUTHORIZED (11): *** is not good.");
            ran.All.ShouldNotContain(Token);
        }
    }

    [Fact]
    public async Task A_limit_says_when_to_come_back()
    {
        _node.On("POST /api/markets/banana/commands", 429, """{"title":"RATE_LIMITED","status":429,"detail":"1000 a second.","code":14,"statusName":"RATE_LIMITED","retryAfterMs":1500}""");

        var ran = await _shell.RunAsync("send", "BONOBO/alice", "BUY", "3", "--json");

        ran.Exit.ShouldBe(ExitCode.Refused);
        ran.Error.ShouldContain("Come back in 2 s.");
        ran.Json.Single().GetProperty("retryAfterMs").GetInt64().ShouldBe(1500);
    }

    [Fact]
    public async Task A_node_that_cannot_write_is_a_failure()
    {
        _node.On("POST /api/markets/banana/commands", 503, NodeDouble.Problem(503, "JOURNAL_UNAVAILABLE", "The disk is full."));

        var ran = await _shell.RunAsync("send", "BONOBO/alice", "BUY", "3");

        ran.Exit.ShouldBe(ExitCode.Failed);
        ran.Error.ShouldContain("The disk is full.");
    }

    [Fact]
    public async Task A_typed_token_counts_more_than_the_environments()
    {
        await _shell.RunAsync("send", "BONOBO/alice", "BUY", "3", "--token", "typed");

        _node.Last.Bearer.ShouldBe("typed");
    }

    private void Answer(string result) => _node.On("POST /api/markets/banana/commands", 200, result);
}
