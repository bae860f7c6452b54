using System.Net;
using System.Net.WebSockets;
using System.Text;
using Market.Servers.Tests.Servers;

namespace Market.Servers.Tests.Cluster;

/// <summary>What reached a node that stood still is older than its sender's patience: sent again by another door, it must not be done here too.</summary>
[Collection(nameof(ThreeNodes))]
public sealed class OldConnectionTests(ThreeNodes three)
{
    private const WebSocketCloseStatus ServiceRestart = (WebSocketCloseStatus)1012;

    [SkippableFact]
    public async Task A_request_that_a_standstill_held_up_is_not_done()
    {
        await three.WholeAsync();
        using var bot = await Bot.JoinAsync(three.Doors[2], "held-up"); // the connection stays
        const string Sell = """{"txnId":"held-up","type":"SELL","shares":1}""";

        await FreezeAsync();
        var held = bot.TryAsync(Sell, three.Doors[2]);
        three.Nodes[2].GoOn();

        (await held).ShouldBeNull();
        bot.LastRefusal.Code.ShouldBe(HttpStatusCode.ServiceUnavailable);
        bot.LastRefusal.Body.ShouldContain("again");
        (await bot.DoAsync(Sell, three.Doors[0])).GetProperty("status").GetString().ShouldBe("ACCEPTED"); // not a duplicate
        (await bot.DoAsync(Sell, three.Doors[2])).GetProperty("status").GetString().ShouldBe("DUPLICATE"); // and its door takes commands
    }

    [SkippableFact]
    public async Task A_socket_from_before_a_standstill_is_closed_at_its_next_command()
    {
        await three.WholeAsync();
        using var bot = await Bot.JoinAsync(three.Doors[2], "old-socket");
        using var socket = new ClientWebSocket();
        await socket.ConnectAsync(new UriBuilder(three.Doors[2]) { Scheme = "ws", Path = "/ws/markets/banana" }.Uri, CancellationToken.None);
        await SendAsync(socket, $$$"""{"hello":{"team":"BONOBO","name":"old-socket","token":"{{{bot.Token}}}","subscribe":["result"]}}""");
        const string Sell = """{"txnId":"old-socket","type":"SELL","shares":1}""";

        await FreezeAsync();
        await SendAsync(socket, Sell);
        three.Nodes[2].GoOn();
        await three.WholeAsync();
        await SendAsync(socket, """{"txnId":"next","type":"SELL","shares":1}""");

        await ClosedAsync(socket);
        socket.CloseStatus.ShouldBe(ServiceRestart);
        (await bot.DoAsync(Sell, three.Doors[0])).GetProperty("status").GetString().ShouldBe("ACCEPTED"); // not a duplicate
    }

    /// <summary>For so long that the others take it for gone; the broker does not yet.</summary>
    private async Task FreezeAsync()
    {
        three.Nodes[2].Freeze();
        await Eventually.TrueAsync(() => !three.Watcher.Owned.ContainsKey(three.Nodes[2].Name));
    }

    private static ValueTask SendAsync(WebSocket socket, string text) => socket.SendAsync(Encoding.UTF8.GetBytes(text).AsMemory(), WebSocketMessageType.Text, true, CancellationToken.None);

    private static async Task ClosedAsync(WebSocket socket)
    {
        using var late = new CancellationTokenSource(TimeSpan.FromSeconds(30));
        var buffer = new byte[4_096];
        while ((await socket.ReceiveAsync(buffer, late.Token)).MessageType is not WebSocketMessageType.Close) { }
    }
}
