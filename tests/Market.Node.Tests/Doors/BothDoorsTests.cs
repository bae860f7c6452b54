using System.Text.Json;

namespace Market.Node.Tests.Doors;

/// <summary>One trader at two doors at once.</summary>
public sealed class BothDoorsTests(SharedNode shared) : IClassFixture<SharedNode>
{
    private readonly NodeFixture _node = shared.Node;

    [Fact]
    public async Task Same_command_ten_times_by_both_doors_at_once_is_done_once()
    {
        for (var round = 0; round < 5; round++)
        {
            var trader = await shared.JoinAsync();
            var sockets = await Task.WhenAll(Enumerable.Range(0, 5).Select(_ => _node.ConnectAsync(trader)));
            var command = Commands.Buy("the-one", 2);

            var results = await Task.WhenAll(
                [.. sockets.Select(socket => socket.AskAsync(command)), .. Enumerable.Range(0, 5).Select(_ => OverHttpAsync(trader, command))]);

            var accepted = results.Single(result => result.Text("status") == "ACCEPTED");
            var duplicates = results.Where(result => result.Text("status") == "DUPLICATE").ToList();
            duplicates.Count.ShouldBe(9);
            duplicates.ShouldAllBe(result => result.Text("first") == "ACCEPTED");
            duplicates.ShouldAllBe(result => result.GetProperty("state").GetRawText() == accepted.GetProperty("state").GetRawText());
            duplicates.ShouldAllBe(result => result.Coins("price") == accepted.Coins("price"));
            (await _node.StateAsync(trader)).Whole("shares").ShouldBe(7);
            foreach (var socket in sockets) { await socket.DisposeAsync(); }
        }
    }

    [Fact]
    public async Task What_one_door_answered_the_other_knows()
    {
        var trader = await shared.JoinAsync();
        await using var socket = await _node.ConnectAsync(trader);

        (await socket.AskAsync(Commands.Feed("t1", 1))).ShouldBeAnswered(0, "ACCEPTED");
        (await _node.CommandAsync(trader, Commands.Feed("t1", 1))).ShouldBeAnswered(20, "DUPLICATE");
        (await _node.CommandAsync(trader, Commands.Feed("t2", 1))).ShouldBeAnswered(0, "ACCEPTED");
        (await socket.AskAsync(Commands.Feed("t2", 2))).ShouldBeAnswered(21, "TXN_ID_REUSED");
    }

    private async Task<JsonElement> OverHttpAsync(JoinedTrader trader, string command) => (await _node.CommandAsync(trader, command)).Json;
}
