using System.Buffers;
using System.Text.Json;
using Market.Actors.Answers;
using Market.Node.Config;
using Market.Node.Doors;
using Market.Node.Doors.Http;
using Market.Node.Hosting;
using Market.Protocol.Messages;
using Market.Protocol.Values;
using Market.Protocol.Wire.Json;

namespace Market.Node.Inspection;

/// <summary>
/// Asks an actor as its own door would, in the organiser's name: a trader a command, the market an action, Gibber a post; each of them how it stands. It
/// goes into the mailbox as everything does, and the answer comes when what it says is durable.
/// </summary>
public sealed class ActorAsks(MarketNode node, Owners owners, ActorLooks looks, CommandDoor door, LimitOptions limits)
{
    public async Task AskAsync(HttpContext http)
    {
        if (await owners.PathAsync(http) is not { } path) { return; }
        if (await Bodies.ReadObjectAsync(http, limits.MaxBytes) is not { } body) { return; }
        var market = node.Markets.GetValueOrDefault(path.Market);
        if (body.Text("ask") == "state") { await looks.ShowAsync(http, path); }
        else if (market is not null && path.Kind is ActorKind.Trader) { await CommandAsync(http, market, path.Trader!, body); }
        else if (market is not null && path.Kind is ActorKind.Market) { await MoveAsync(http, market, body); }
        else if (market is not null && path.Kind is ActorKind.Gibber) { await PostAsync(http, market, body); }
        else { await Problem.Malformed($"{path} can be asked one thing only: {{\"ask\":\"state\"}}.").SendAsync(http); }
    }

    private async Task CommandAsync(HttpContext http, RunningMarket market, TraderKey trader, JsonElement body)
    {
        var frame = CommandFrame.Read(new ReadOnlySequence<byte>(JsonSerializer.SerializeToUtf8Bytes(body)), 1);
        if ((frame.Problem ?? frame.Commands[0].Problem) is { } wrong)
        {
            await Problem.Malformed($"{wrong} A trader is asked a command, or {{\"ask\":\"state\"}}.").SendAsync(http);
            return;
        }
        var done = new TaskCompletionSource<CommandBatch>(TaskCreationOptions.RunContinuationsAsynchronously);
        var batch = new CommandBatch(1, false, done.SetResult);
        await door.PostAsync(market, trader, frame.Commands[0], batch, 0, http.RequestAborted);
        await done.Task;
        if (batch.Failure is { } failure) { throw new UnansweredException(failure); }
        await http.SendJsonAsync(json => MessageWriter.Write(json, batch.Results[0]));
    }

    private static async Task MoveAsync(HttpContext http, RunningMarket market, JsonElement body)
    {
        if (!AdminEndpoints.TryReadAction(body.Text("action"), out var action))
        {
            await Problem.Malformed($"action: one of {string.Join(", ", AdminEndpoints.Actions)} is needed, or {{\"ask\":\"state\"}}.").SendAsync(http);
            return;
        }
        var moved = await market.Region.AskAsync<Moved>(to => new MoveMarket(action, to), http.RequestAborted);
        if (moved.Done) { await Gate.SendAsync(http, new ApiMoved(market.Id.Value, Frames.Name(moved.Status))); }
        else { await AdminEndpoints.WrongStatus(market, moved).SendAsync(http); }
    }

    private static async Task PostAsync(HttpContext http, RunningMarket market, JsonElement body)
    {
        if (GibbEndpoints.Refuse(body) is { } wrong)
        {
            await Problem.Malformed(wrong).SendAsync(http);
            return;
        }
        var gibb = await market.Region.AskAsync<Gibb>(to => new PostGibb(body.Text("author")!, body.Text("text")!, "admin", to), http.RequestAborted);
        await http.SendJsonAsync(json => MessageWriter.Write(json, gibb));
    }
}
