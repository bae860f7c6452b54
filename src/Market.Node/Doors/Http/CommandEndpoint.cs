using System.IO.Pipelines;
using System.Text.Json;
using Market.Node.Config;
using Market.Node.Doors.Tokens;
using Market.Node.Hosting;
using Market.Protocol.Messages;
using Market.Protocol.Wire.Json;

namespace Market.Node.Doors.Http;

/// <summary>
/// <c>POST /api/markets/{m}/commands</c>: one command → one result, an array → an array in the same order. The first thing that applies is the
/// answer: malformed, unauthorized, unknown market, and then what the rules say of each command.
/// </summary>
public sealed class CommandEndpoint(MarketNode node, CommandDoor door, TraderTokens tokens, LimitOptions limits)
{
    public async Task HandleAsync(HttpContext http)
    {
        CommandFrame frame = default;
        if (!await Bodies.ReadAsync(http, limits.MaxBytes, body => frame = CommandFrame.Read(body, limits.MaxCommandsPerRequest)))
        {
            await Problem.TooLarge(limits.MaxBytes).SendAsync(http);
            return;
        }
        if (Refusal(frame) is { } malformed)
        {
            await malformed.SendAsync(http);
            return;
        }
        var id = http.Request.RouteValues["market"] as string;
        var holder = await tokens.CheckAsync(http.BearerToken());
        var market = node.Find(id);
        if (holder is null || (market is not null && holder.Market != market.Id))
        {
            await Problem.Of(Status.Unauthorized).SendAsync(http);
            return;
        }
        if (market is null)
        {
            await Problem.Of(Status.UnknownMarket).SendAsync(http);
            return;
        }
        if (!door.Takes(ConnectionAge.Of(http).Now))
        {
            http.Response.Headers.Connection = "close";
            await Problem.Of(CommandDoor.ConnectAgain).SendAsync(http);
            return;
        }
        await AnswerAsync(http, await AskAsync(market, holder, frame, http.RequestAborted));
    }

    private async Task<CommandBatch> AskAsync(RunningMarket market, TokenHolder holder, CommandFrame frame, CancellationToken cancel)
    {
        var done = new TaskCompletionSource<CommandBatch>(TaskCreationOptions.RunContinuationsAsynchronously);
        var batch = new CommandBatch(frame.Commands.Count, frame.IsArray, done.SetResult);
        if (frame.Commands.Count == 0) { return batch; }
        for (var i = 0; i < frame.Commands.Count; i++)
        {
            await door.PostAsync(market, holder.Trader, frame.Commands[i], batch, i, cancel);
        }
        return await done.Task;
    }

    private static async Task AnswerAsync(HttpContext http, CommandBatch batch)
    {
        if (batch.Failure is { } failure)
        {
            await Problem.Of(failure).SendAsync(http);
            return;
        }
        if (!batch.IsArray && batch.Results[0].Status is Status.Malformed or Status.Unauthorized or Status.RateLimited)
        {
            await Problem.Of(batch.Results[0]).SendAsync(http);
            return;
        }
        http.Response.ContentType = "application/json";
        http.Response.ContentLength = Write(http.Response.BodyWriter, batch); // with its length the whole answer is one packet; in chunks its end is a second
        await http.Response.BodyWriter.FlushAsync(http.RequestAborted);
    }

    /// <returns>Bytes written; none has left yet.</returns>
    private static long Write(PipeWriter to, CommandBatch batch)
    {
        using var json = new Utf8JsonWriter(to, MessageWriter.Options);
        Write(json, batch);
        json.Flush();
        return json.BytesCommitted;
    }

    private static void Write(Utf8JsonWriter json, CommandBatch batch)
    {
        if (!batch.IsArray)
        {
            MessageWriter.Write(json, batch.Results[0]);
            return;
        }
        json.WriteStartArray();
        foreach (var result in batch.Results) { MessageWriter.Write(json, result); }
        json.WriteEndArray();
    }

    private static Problem? Refusal(in CommandFrame frame)
    {
        if (frame.Problem is { } problem) { return Problem.Malformed(problem); }
        return !frame.IsArray && frame.Commands[0] is { Problem: { } wrong } command
            ? Problem.Malformed(wrong) with { TxnId = command.TxnId }
            : null;
    }
}
