using System.Buffers;
using System.Text.Json;
using Market.Node.Doors.Http;
using Market.Node.Doors.Tokens;
using Market.Node.Hosting;
using Market.Protocol.Messages;
using Market.Protocol.Values;
using Market.Protocol.Wire.Json;

namespace Market.Node.Doors.WebSockets;

/// <summary>The first frame of a client: who it is, if anybody, and what it wants to hear.</summary>
/// <param name="Trader">Null for one who only watches.</param>
public sealed record Hello(TraderKey? Trader, Topics Topics)
{
    /// <summary>Reads the frame and checks its token.</summary>
    /// <returns>The hello, or what was wrong with it.</returns>
    public static async ValueTask<(Hello? Hello, Problem? Problem)> ReadAsync(ReadOnlySequence<byte> frame, RunningMarket market, TraderTokens tokens)
    {
        if (Parse(frame) is not { } hello)
        {
            return (null, Problem.Malformed("The first frame must be a hello, e.g. {\"hello\":{\"subscribe\":[\"price\"]}}, with team, name and token to trade."));
        }
        if (ReadTopics(hello, out var topics) is { } wrong) { return (null, Problem.Malformed(wrong)); }
        if (!hello.TryGetProperty("team", out _) && !hello.TryGetProperty("name", out _) && !hello.TryGetProperty("token", out _))
        {
            return (new Hello(null, topics), null);
        }
        if (hello.Text("team") is not { } team || hello.Text("name") is not { } name)
        {
            return (null, Problem.Malformed("team, name: texts are needed, or neither of them nor a token, to watch only."));
        }
        var holder = await tokens.CheckAsync(hello.Text("token"));
        var trader = new TraderKey(team, name);
        var isTheirs = holder is not null && holder.Market == market.Id && holder.Trader.Equals(trader) && market.View.Trader(trader) is not null;
        return isTheirs ? (new Hello(holder!.Trader, topics), null) : (null, Problem.Of(Status.Unauthorized));
    }

    private static JsonElement? Parse(ReadOnlySequence<byte> frame)
    {
        try
        {
            using var document = JsonDocument.Parse(frame, new JsonDocumentOptions { MaxDepth = CommandReader.MaxDepth });
            var root = document.RootElement;
            if (root.ValueKind is not JsonValueKind.Object) { return null; }
            Bodies.CheckNames(root);
            if (!root.TryGetProperty("hello", out var hello) || hello.ValueKind is not JsonValueKind.Object) { return null; }
            Bodies.CheckNames(hello);
            return hello.Clone();
        }
        catch (Exception wrong) when (wrong is JsonException or InvalidOperationException)
        {
            return null;
        }
    }

    private static string? ReadTopics(JsonElement hello, out Topics topics)
    {
        const string Wanted = "subscribe: a list of price, result, board, gibb is needed.";
        topics = Topics.None;
        if (!hello.TryGetProperty("subscribe", out var list))
        {
            topics = Topics.Price | Topics.Result;
            return null;
        }
        if (list.ValueKind is not JsonValueKind.Array) { return Wanted; }
        foreach (var item in list.EnumerateArray())
        {
            switch (item.TextOrNull())
            {
                case "price": topics |= Topics.Price; break;
                case "result": topics |= Topics.Result; break;
                case "board": topics |= Topics.Board; break;
                case "gibb": topics |= Topics.Gibb; break;
                default: return Wanted;
            }
        }
        return null;
    }
}
