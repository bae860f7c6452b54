using System.Net.WebSockets;
using System.Text;

namespace Market.Node.Tests.Doors.WebSockets;

/// <summary>A client that asks and does not read.</summary>
public sealed class SlowReaderTests
{
    [Fact]
    public async Task Results_that_pile_up_past_the_bound_close_with_1013_and_may_be_asked_for_again()
    {
        await using var node = await NodeFixture.StartAsync(options => options.WithLimits(limits => limits with { MaxResultsWaiting = 1_000 }));
        var trader = await node.JoinAsync("slow");
        await using var other = await node.ConnectAsync(await node.JoinAsync("other"));
        await using var slow = await node.ConnectAsync(trader);
        var array = Commands.Array(Enumerable.Range(0, 900).Select(i => Commands.Sell($"t{i}", 99)));

        await FloodAsync(slow, array, frames: 200);
        (await other.AskAsync(Commands.Buy("t", 1))).ShouldBeAnswered(0, "ACCEPTED");

        (await slow.ClosedAsync()).ShouldBe(1013);
        await using var again = await node.ConnectAsync(trader);
        (await again.AskAsync(Commands.Sell("t899", 99))).ShouldBeAnswered(20, "DUPLICATE").Text("first").ShouldBe("INSUFFICIENT_SHARES");
    }

    [Fact]
    public async Task Single_commands_of_one_who_does_not_read_are_taken_no_faster_than_they_can_be_answered()
    {
        const int Commanded = 3_000;
        await using var node = await NodeFixture.StartAsync(options => options.WithLimits(limits => limits with { MaxFramesInFlight = 10 }));
        await using var slow = await node.ConnectAsync(await node.JoinAsync("slow"));
        await using var other = await node.ConnectAsync(await node.JoinAsync("other"));

        var sending = SendAsync(slow, Commanded);
        (await other.AskAsync(Commands.Buy("t", 1))).ShouldBeAnswered(0, "ACCEPTED");

        for (var i = 0; i < Commanded; i++) { (await slow.NextAsync("result")).Text("txnId").ShouldBe($"t{i}"); }
        await sending;
    }

    private static async Task SendAsync(SocketClient socket, int commands)
    {
        for (var i = 0; i < commands; i++) { await socket.SendAsync(Commands.Sell($"t{i}", 99)); }
    }

    /// <summary>Sends without reading until all is sent or the node takes no more.</summary>
    private static async Task FloodAsync(SocketClient socket, string frame, int frames)
    {
        var bytes = Encoding.UTF8.GetBytes(frame);
        try
        {
            for (var i = 0; i < frames && socket.Socket.State is WebSocketState.Open; i++)
            {
                await socket.Socket.SendAsync(bytes, WebSocketMessageType.Text, true, CancellationToken.None).WaitAsync(TimeSpan.FromSeconds(3));
            }
        }
        catch (TimeoutException)
        {
            // One frame that is not taken in so long: the node reads no more, which is what it should do.
        }
    }
}
