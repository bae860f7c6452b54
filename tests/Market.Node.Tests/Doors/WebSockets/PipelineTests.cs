using System.Text;

namespace Market.Node.Tests.Doors.WebSockets;

/// <summary>Many frames without waiting for their answers, and frames that are none.</summary>
public sealed class PipelineTests(SharedNode shared) : IClassFixture<SharedNode>
{
    private const int Frames = 500;

    private readonly NodeFixture _node = shared.Node;

    [Fact]
    public async Task Five_hundred_frames_of_all_kinds_are_answered_in_order()
    {
        await using var node = await NodeFixture.StartAsync(options => options.WithLimits(limits => limits with { MaxBadFrames = Frames }));
        await using var socket = await node.ConnectAsync(await node.JoinAsync("alice"));

        for (var i = 0; i < Frames; i++) { await socket.SendAsync(Frame(i)); }

        for (var i = 0; i < Frames; i++) { await ShouldBeAnsweredAsync(socket, i); }
    }

    [Fact]
    public async Task Hundred_bad_frames_close_the_connection_with_1008()
    {
        await using var socket = await _node.ConnectAsync(await shared.JoinAsync());

        for (var i = 0; i < 99; i++) { await socket.SendAsync(i % 2 == 0 ? "nonsense" : """{"txnId":"t","type":"BUY"}"""); }
        for (var i = 0; i < 99; i++) { await socket.NextAsync("problem"); }
        (await socket.AskAsync(Commands.Buy("t1", 1))).ShouldBeAnswered(0, "ACCEPTED");
        await socket.SendAsync("nonsense");

        (await socket.ClosedAsync()).ShouldBe(1008);
    }

    [Fact]
    public async Task Hundred_wrong_hellos_close_the_connection_with_1008()
    {
        await using var socket = await _node.ConnectAsync();

        for (var i = 0; i < 100; i++) { await socket.SendAsync("""{"hello":{"team":"BONOBO","name":"alice","token":"guess"}}"""); }

        (await socket.ClosedAsync()).ShouldBe(1008);
    }

    [Fact]
    public async Task Frame_over_256_KiB_closes_the_connection_with_1009_and_one_of_exactly_that_is_read()
    {
        await using var socket = await _node.ConnectAsync(await shared.JoinAsync());
        var command = Commands.Buy("t1", 1);

        (await socket.AskAsync(command + new string(' ', (256 * 1024) - command.Length))).ShouldBeAnswered(0, "ACCEPTED");
        await socket.SendAsync(new string(' ', (256 * 1024) + 1));

        (await socket.ClosedAsync()).ShouldBe(1009);
    }

    [Fact]
    public async Task Frame_in_many_parts_is_one_frame()
    {
        await using var socket = await _node.ConnectAsync(await shared.JoinAsync());
        var bytes = Encoding.UTF8.GetBytes(Commands.Buy("in parts: 🍌", 1));

        for (var i = 0; i < bytes.Length; i++) { await socket.SendAsync(bytes[i..(i + 1)], whole: i == bytes.Length - 1); }

        (await socket.NextAsync("result")).ShouldBeAnswered(0, "ACCEPTED").Text("txnId").ShouldBe("in parts: 🍌");
    }

    [Theory]
    [InlineData("")]
    [InlineData("{\"txnId\":\"t1\",\"type\":\"BUY\",\"shares\":NaN}")]
    [InlineData("[[[[[[[[[[[[[[[[[[[[[[")]
    [InlineData("{\"\\ud800\":1}")]
    [InlineData("[{\"txnId\":\"a\",\"type\":\"FEED\",\"monkeys\":1}")]
    public async Task Bad_frame_is_a_problem_and_the_connection_lives_on(string frame)
    {
        await using var socket = await _node.ConnectAsync(await shared.JoinAsync());

        await socket.SendAsync(frame);

        (await socket.NextAsync("problem")).ShouldBeProblem(400, 10, "MALFORMED");
        (await socket.AskAsync(Commands.Feed("a", 1))).ShouldBeAnswered(0, "ACCEPTED");
    }

    [Fact]
    public async Task Array_of_more_than_a_thousand_is_a_problem_and_none_of_it_is_done()
    {
        await using var socket = await _node.ConnectAsync(await shared.JoinAsync());

        await socket.SendAsync(Commands.Array(Enumerable.Range(0, 1_001).Select(i => Commands.Feed($"t{i}", 1))));

        (await socket.NextAsync("problem")).ShouldBeProblem(400, 10, "MALFORMED").Text("detail").ShouldContain("1000");
        (await socket.AskAsync(Commands.Feed("t0", 5))).ShouldBeAnswered(0, "ACCEPTED");
    }

    [Fact]
    public async Task Clients_that_break_off_leave_the_others_untouched()
    {
        var trader = await shared.JoinAsync();
        await using var socket = await _node.ConnectAsync(trader, "result");
        for (var i = 0; i < 10; i++)
        {
            var broken = await _node.ConnectAsync(trader, "price", "result", "board", "gibb");
            await broken.SendAsync(Encoding.UTF8.GetBytes("{\"txnId\":\"half"), whole: false);
            broken.Socket.Abort();

            (await socket.AskAsync(Commands.Sell($"t{i}", 99))).ShouldBeAnswered(32, "INSUFFICIENT_SHARES");
        }
        (await _node.GetAsync("/healthz/ready")).Status.ShouldBe(200);
    }

    private static string Frame(int i) => (i % 5) switch
    {
        0 => Commands.Sell($"t{i}", 99),
        1 => $$"""{"txnId":"t{{i}}","type":"BUY"}""",
        2 => Commands.Sell($"t{i - 2}", 99),
        3 => Commands.Buy($"t{i - 3}", 99),
        _ => Commands.Array(Commands.Sell($"t{i}", 99), Commands.Sell($"t{i}", 99)),
    };

    private static async Task ShouldBeAnsweredAsync(SocketClient socket, int i)
    {
        var key = (i % 5) switch { 1 => "problem", 4 => "results", _ => "result" };
        var answer = await socket.NextAsync(key);
        if (key == "results")
        {
            answer.EnumerateArray().Select(result => (result.Text("txnId"), result.Whole("code"))).ShouldBe([($"t{i}", 32L), ($"t{i}", 20L)]);
            return;
        }
        var (txnId, code) = (i % 5) switch { 0 => (i, 32), 1 => (i, 10), 2 => (i - 2, 20), _ => (i - 3, 21) };
        (answer.Text("txnId"), answer.Whole("code")).ShouldBe(($"t{txnId}", code));
        socket.Keys.Count(seen => seen != "welcome").ShouldBe(i + 1, "answers come in the order of the frames, whatever their kind");
    }
}
