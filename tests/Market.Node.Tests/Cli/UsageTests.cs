using Market.Node.Cli;

namespace Market.Node.Tests.Cli;

public sealed class UsageTests : IDisposable
{
    private readonly Shell _shell = new();

    public void Dispose() => _shell.Dispose();

    [Theory]
    [InlineData("bord")]
    [InlineData("board", "now")]
    [InlineData("board", "--limit", "0")]
    [InlineData("board", "--limit", "ten")]
    [InlineData("board", "--node", "127.0.0.1:5080")]
    [InlineData("board", "--node", "ftp://127.0.0.1")]
    [InlineData("board", "--market", "BANANA!")]
    [InlineData("trader")]
    [InlineData("trader", "show")]
    [InlineData("trader", "show", "alice")]
    [InlineData("trader", "show", "BONOBO/")]
    [InlineData("trader", "show", "BONOBO/al\u0007ice")]
    [InlineData("trader", "events", "BONOBO/alice", "--from", "-1")]
    [InlineData("send", "BONOBO/alice", "BUY")]
    [InlineData("send", "BONOBO/alice", "STEAL", "3", "--token", "t")]
    [InlineData("send", "BONOBO/alice", "BUY", "0", "--token", "t")]
    [InlineData("send", "BONOBO/alice", "BUY", "1.5", "--token", "t")]
    [InlineData("send", "BONOBO/alice", "BUY", "-3", "--token", "t")]
    [InlineData("send", "BONOBO/alice", "INVEST", "0", "--token", "t")]
    [InlineData("send", "BONOBO/alice", "INVEST", "1,5", "--token", "t")]
    [InlineData("send", "BONOBO/alice", "INVEST", "0.0000001", "--token", "t")]
    [InlineData("send", "BONOBO/alice", "BUY", "3", "--token", "t", "--txn", "")]
    [InlineData("send", "BONOBO/alice", "BUY", "3", "--token", "t", "--token-file", "f")]
    [InlineData("send", "BONOBO/alice", "BUY", "3", "--token-file", "no-such-file")]
    [InlineData("send", "BONOBO/alice", "BUY", "3")]
    [InlineData("gibb", "hello")]
    [InlineData("gibb", "--author", "a")]
    [InlineData("gibb", "--author", " ", "hello")]
    [InlineData("watch", "--topics", "weather")]
    [InlineData("watch", "--topics", "result")]
    [InlineData("watch", "BONOBO/alice")]
    [InlineData("watch", "--count", "0")]
    [InlineData("admin")]
    [InlineData("admin", "explode")]
    [InlineData("admin", "start")]
    [InlineData("admin", "token", "BONOBO/alice")]
    public async Task Wrong_usage_ends_with_2_and_says_what_is_wrong(params string[] args)
    {
        var ran = await _shell.RunAsync(args);

        ran.Exit.ShouldBe(ExitCode.WrongUsage);
        ran.Error.ShouldNotBeEmpty();
        ran.Out.ShouldBeEmpty();
    }

    [Theory]
    [InlineData("send", "BONOBO/alice", "BUY", "3", "--tokn", "S3CRETWORD")]
    [InlineData("send", "BONOBO/alice", "BUY", "3", "--tokn=S3CRETWORD")]
    [InlineData("send", "BONOBO/alice", "BUY", "zero", "--token", "S3CRETWORD")]
    [InlineData("send", "BONOBO/alice", "BUY", "3", "--token", "S3CRET WORD")]
    [InlineData("board", "--node", "http://S3CRETWORD@127.0.0.1:1")]
    [InlineData("admin", "start", "--admin-token", "S3CRET\nWORD")]
    public async Task No_complaint_repeats_a_secret(params string[] args)
    {
        var ran = await _shell.RunAsync(args);

        ran.Exit.ShouldBe(ExitCode.WrongUsage);
        ran.All.ShouldNotContain("S3CRET");
    }

    [Fact]
    public async Task A_wrong_variable_is_named()
    {
        var ran = await _shell.With("MARKET_NODE", "somewhere").RunAsync("board");

        ran.Exit.ShouldBe(ExitCode.WrongUsage);
        ran.Error.ShouldContain("MARKET_NODE");
    }

    [Fact]
    public async Task A_token_of_another_trader_is_not_used()
    {
        var claims = System.Buffers.Text.Base64Url.EncodeToString("""{"team":"DRILL","name":"dan"}"""u8);

        var ran = await _shell.RunAsync("send", "BONOBO/alice", "BUY", "3", "--token", $"head.{claims}.sign");

        ran.Exit.ShouldBe(ExitCode.WrongUsage);
        ran.Error.ShouldContain("DRILL/dan");
        ran.All.ShouldNotContain(claims);
    }
}
