using System.Net.WebSockets;
using System.Text;
using System.Text.Json;

namespace Market.Node.Tests.Doors.WebSockets;

/// <summary>A client of the WebSocket door that takes frames by their one key; those of other keys wait until they are asked for.</summary>
public sealed class SocketClient : IAsyncDisposable
{
    private static readonly TimeSpan Longest = TimeSpan.FromSeconds(20);

    private readonly Dictionary<string, Queue<JsonElement>> _waiting = [];
    private readonly byte[] _buffer = new byte[16 * 1024];

    private SocketClient()
    {
    }

    public ClientWebSocket Socket { get; } = new();

    /// <summary>Keys of all frames, as they came.</summary>
    public List<string> Keys { get; } = [];

    public static async Task<SocketClient> ConnectAsync(Uri node, string market)
    {
        var client = new SocketClient();
        using var late = new CancellationTokenSource(Longest);
        await client.Socket.ConnectAsync(new Uri($"ws://{node.Authority}/ws/markets/{market}"), late.Token);
        return client;
    }

    /// <summary>Says who it is and waits for the welcome.</summary>
    public async Task<JsonElement> HelloAsync(JoinedTrader trader, params string[] topics)
    {
        await SendAsync(Hello(trader, topics));
        return await NextAsync("welcome");
    }

    /// <summary>Says that it only watches and waits for the welcome.</summary>
    public async Task<JsonElement> WatchAsync(params string[] topics)
    {
        await SendAsync(JsonSerializer.Serialize(new { hello = new { subscribe = topics } }));
        return await NextAsync("welcome");
    }

    public static string Hello(JoinedTrader trader, params string[] topics) =>
        JsonSerializer.Serialize(new { hello = new { team = trader.Team, name = trader.Name, token = trader.Token, subscribe = topics } });

    public Task SendAsync(string frame) => SendAsync(Encoding.UTF8.GetBytes(frame));

    public async Task SendAsync(byte[] frame, bool whole = true)
    {
        using var late = new CancellationTokenSource(Longest);
        await Socket.SendAsync(frame, WebSocketMessageType.Text, whole, late.Token);
    }

    /// <summary>What stands under the key in the next frame of that key.</summary>
    public async Task<JsonElement> NextAsync(string key)
    {
        while (true)
        {
            if (_waiting.TryGetValue(key, out var waiting) && waiting.TryDequeue(out var next)) { return next; }
            (await ReadAsync()).ShouldBeTrue($"closed with {Socket.CloseStatus} while a {key} was waited for");
        }
    }

    /// <summary>Sends a command and takes its result.</summary>
    public async Task<JsonElement> AskAsync(string command)
    {
        await SendAsync(command);
        return await NextAsync("result");
    }

    /// <summary>Reads on until the node closes, and lets go.</summary>
    public async Task<int> ClosedAsync()
    {
        while (await ReadAsync()) { }
        using var late = new CancellationTokenSource(Longest);
        if (Socket.State is WebSocketState.CloseReceived) { await Socket.CloseOutputAsync(WebSocketCloseStatus.NormalClosure, null, late.Token); }
        return (int)Socket.CloseStatus!;
    }

    public async ValueTask DisposeAsync()
    {
        if (Socket.State is WebSocketState.Open)
        {
            using var late = new CancellationTokenSource(Longest);
            await Socket.CloseOutputAsync(WebSocketCloseStatus.NormalClosure, null, late.Token);
        }
        Socket.Dispose();
    }

    /// <returns>False when the node closed.</returns>
    private async Task<bool> ReadAsync()
    {
        using var late = new CancellationTokenSource(Longest);
        using var frame = new MemoryStream();
        while (true)
        {
            var part = await Socket.ReceiveAsync(_buffer, late.Token);
            if (part.MessageType is WebSocketMessageType.Close) { return false; }
            frame.Write(_buffer, 0, part.Count);
            if (part.EndOfMessage) { break; }
        }
        var only = JsonDocument.Parse(frame.ToArray()).RootElement.EnumerateObject().ShouldHaveSingleItem();
        Keys.Add(only.Name);
        if (!_waiting.TryGetValue(only.Name, out var waiting)) { _waiting[only.Name] = waiting = new Queue<JsonElement>(); }
        waiting.Enqueue(only.Value);
        return true;
    }
}
