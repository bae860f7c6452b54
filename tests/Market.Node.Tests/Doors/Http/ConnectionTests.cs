using System.Net.Sockets;
using System.Text;
using Market.Node.Tests.Cli;

namespace Market.Node.Tests.Doors.Http;

/// <summary>How many connections, and how large their headers.</summary>
public sealed class ConnectionTests
{
    [Fact]
    public async Task One_connection_too_many_is_closed_and_there_is_room_again_when_one_leaves()
    {
        await using var node = await NodeFixture.StartAsync(options => options.WithLimits(limits => limits with { MaxConnections = 2 }));
        var socket = await node.ConnectAsync();
        using var second = await ConnectAsync(node);
        (await AskAsync(second)).ShouldStartWith("HTTP/1.1 200");
        (await AskOnceAsync(node)).ShouldBeEmpty();

        await socket.DisposeAsync();

        await Eventually.TrueAsync(async () => (await AskOnceAsync(node)).Length > 0);
    }

    [Theory]
    [InlineData(70, 10)]
    [InlineData(5, 5_000)]
    public async Task Headers_past_the_bound_are_refused(int count, int length)
    {
        await using var node = await NodeFixture.StartAsync();
        using var caller = await ConnectAsync(node);

        var headers = string.Concat(Enumerable.Range(0, count).Select(i => $"X-{i}: {new string('x', length)}\r\n"));

        (await AskAsync(caller, headers)).ShouldStartWith("HTTP/1.1 431");
    }

    /// <summary>On a connection of its own, which may be closed before it is heard.</summary>
    private static async Task<string> AskOnceAsync(NodeFixture node)
    {
        try
        {
            using var caller = await ConnectAsync(node);
            return await AskAsync(caller);
        }
        catch (Exception closed) when (closed is IOException or SocketException)
        {
            return "";
        }
    }

    private static async Task<TcpClient> ConnectAsync(NodeFixture node)
    {
        var caller = new TcpClient { ReceiveTimeout = 20_000 };
        await caller.ConnectAsync(node.Url.Host, node.Url.Port);
        return caller;
    }

    /// <returns>The first line of the answer; empty when the connection was closed instead.</returns>
    private static async Task<string> AskAsync(TcpClient caller, string headers = "")
    {
        var stream = caller.GetStream();
        await stream.WriteAsync(Encoding.ASCII.GetBytes($"GET /healthz/live HTTP/1.1\r\nHost: localhost\r\n{headers}\r\n"));
        using var reader = new StreamReader(stream, leaveOpen: true);
        return await reader.ReadLineAsync() ?? "";
    }
}
