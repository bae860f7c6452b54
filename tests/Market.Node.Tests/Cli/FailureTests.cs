using System.Net;
using System.Net.Sockets;
using Market.Node.Cli;

namespace Market.Node.Tests.Cli;

public sealed class FailureTests : IDisposable
{
    private const string Token = "tok-of-alice";

    private readonly Shell _shell = new Shell().With("MARKET_TOKEN", Token).With("MARKET_ADMIN_TOKEN", Token);

    public void Dispose() => _shell.Dispose();

    [Theory]
    [InlineData("board")]
    [InlineData("board", "--watch")]
    [InlineData("trader", "show", "BONOBO/alice")]
    [InlineData("trader", "join", "BONOBO/alice")]
    [InlineData("trader", "events", "BONOBO/alice")]
    [InlineData("send", "BONOBO/alice", "BUY", "3")]
    [InlineData("gibb", "--author", "a", "hello")]
    [InlineData("watch")]
    [InlineData("watch", "BONOBO/alice")]
    [InlineData("admin", "start")]
    [InlineData("admin", "end", "--dry-run")]
    [InlineData("admin", "token", "BONOBO/alice")]
    public async Task When_no_node_answers_the_verb_fails_and_says_how_to_start_one(params string[] args)
    {
        var port = UnusedPort();

        var ran = await _shell.RunAsync([.. args, "--node", $"http://127.0.0.1:{port}"]);

        ran.Exit.ShouldBe(ExitCode.Failed);
        ran.Error.ShouldContain($"monkonomy run --http 127.0.0.1:{port}");
        ran.Out.ShouldBeEmpty();
        ran.All.ShouldNotContain(Token);
    }

    [Fact]
    public async Task With_JSON_the_failure_is_JSON_too()
    {
        var ran = await _shell.RunAsync("board", "--json", "--node", $"http://127.0.0.1:{UnusedPort()}");

        ran.Exit.ShouldBe(ExitCode.Failed);
        ran.Json.Single().GetProperty("title").GetString().ShouldBe("NODE_FAILED");
    }

    [Theory]
    [InlineData(200, "<html>hello</html>")]
    [InlineData(200, "[1,2]")]
    [InlineData(200, """{"teams":"many"}""")]
    [InlineData(404, "<html>hello</html>")]
    [InlineData(302, "")]
    [InlineData(500, "")]
    public async Task What_does_not_speak_as_a_node_is_a_failure(int status, string body)
    {
        await using var other = await NodeDouble.StartAsync();
        other.On("GET /api/markets/banana/board?limit=20", status, body);

        var ran = await _shell.At(other).RunAsync("board");

        ran.Exit.ShouldBe(ExitCode.Failed);
        ran.Error.ShouldContain("node");
    }

    [Fact]
    public async Task A_verb_that_is_stopped_before_its_answer_fails()
    {
        using var silent = new TcpListener(IPAddress.Loopback, 0);
        silent.Start();
        using var stop = new CancellationTokenSource();

        var running = _shell.RunAsync(stop.Token, "board", "--node", $"http://127.0.0.1:{((IPEndPoint)silent.LocalEndpoint).Port}");
        using var connection = await silent.AcceptTcpClientAsync();
        await stop.CancelAsync();

        (await running).Exit.ShouldBe(ExitCode.Failed);
    }

    private static int UnusedPort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
