using System.Buffers;
using System.Net.WebSockets;
using System.Text;
using System.Text.Json;

namespace Market.Node.Cli.Client;

/// <summary>One WebSocket to a market, past its welcome. For one reader.</summary>
public sealed class LiveConnection : IAsyncDisposable
{
    /// <summary>Largest frame read: a board of 50,000 traders.</summary>
    private const int MaxFrameBytes = 16 * 1024 * 1024;

    private const int ReadBytes = 16 * 1024;

    /// <summary>The node pings as often; a line silent for two of these is dead.</summary>
    private static readonly TimeSpan Ping = TimeSpan.FromSeconds(15);

    private static readonly TimeSpan PoliteClose = TimeSpan.FromSeconds(1);

    private readonly ClientWebSocket _socket = new();
    private readonly ArrayBufferWriter<byte> _frame = new();

    private LiveConnection(NodeClient client)
    {
        _socket.Options.KeepAliveInterval = Ping;
        _socket.Options.KeepAliveTimeout = Ping;
        _socket.Options.CollectHttpResponseDetails = true;
        if (client.Node.IsLoopback) { _socket.Options.Proxy = null; }
    }

    /// <returns>The connection and the welcome frame.</returns>
    /// <exception cref="NodeProblemException">The node refuses.</exception>
    /// <exception cref="NodeFailedException">No node is reached.</exception>
    public static async Task<(LiveConnection Connection, JsonElement Welcome)> OpenAsync(NodeClient client, Hello hello, CancellationToken cancel)
    {
        var connection = new LiveConnection(client);
        try
        {
            await connection.ConnectAsync(client, cancel);
            var welcome = await connection.GreetAsync(hello, cancel);
            return (connection, welcome);
        }
        catch
        {
            await connection.DisposeAsync();
            throw;
        }
    }

    /// <exception cref="NodeFailedException">The connection is lost.</exception>
    public async Task<JsonElement> ReceiveAsync(CancellationToken cancel)
    {
        _frame.ResetWrittenCount();
        try
        {
            ValueWebSocketReceiveResult part;
            do
            {
                part = await _socket.ReceiveAsync(_frame.GetMemory(ReadBytes), cancel);
                if (part.MessageType is WebSocketMessageType.Close) { throw Closed(); }
                _frame.Advance(part.Count);
                if (_frame.WrittenCount > MaxFrameBytes) { throw new NodeFailedException($"a frame was longer than {MaxFrameBytes} bytes"); }
            }
            while (!part.EndOfMessage);
            return JsonText.TryRead(_frame.WrittenSpan) ?? throw NodeFailedException.NotANode();
        }
        catch (WebSocketException failed)
        {
            throw Failures.Of(failed);
        }
    }

    public async ValueTask DisposeAsync()
    {
        using (_socket)
        {
            if (_socket.State is not (WebSocketState.Open or WebSocketState.CloseReceived)) { return; }
            using var polite = new CancellationTokenSource(PoliteClose);
            try
            {
                await _socket.CloseOutputAsync(WebSocketCloseStatus.NormalClosure, null, polite.Token);
            }
            catch (Exception failed) when (failed is WebSocketException or OperationCanceledException)
            {
                // Gone already: there is nobody left to be polite to.
            }
        }
    }

    private async Task ConnectAsync(NodeClient client, CancellationToken cancel)
    {
        using var limited = CancellationTokenSource.CreateLinkedTokenSource(cancel);
        limited.CancelAfter(NodeClient.ConnectTimeout);
        try
        {
            await _socket.ConnectAsync(AddressOf(client), limited.Token);
        }
        catch (WebSocketException failed)
        {
            if ((int)_socket.HttpStatusCode is >= 400 and < 500) { await ExplainAsync(client, cancel); }
            throw Failures.Of(failed);
        }
        catch (OperationCanceledException late) when (!cancel.IsCancellationRequested)
        {
            throw new NodeFailedException($"there was no connection within {NodeClient.ConnectTimeout.TotalSeconds:0} s", late);
        }
    }

    private async Task<JsonElement> GreetAsync(Hello hello, CancellationToken cancel)
    {
        using var limited = CancellationTokenSource.CreateLinkedTokenSource(cancel);
        limited.CancelAfter(NodeClient.Timeout);
        try
        {
            await _socket.SendAsync(Encoding.UTF8.GetBytes(hello.ToFrame()), WebSocketMessageType.Text, true, limited.Token);
            var answer = await ReceiveAsync(limited.Token);
            if (answer.Of("problem") is { } refused)
            {
                throw new NodeProblemException(NodeProblem.TryRead(refused, 0) ?? new NodeProblem("REFUSED", 0, "The node refused the hello."));
            }
            return answer;
        }
        catch (WebSocketException failed)
        {
            throw Failures.Of(failed);
        }
        catch (OperationCanceledException late) when (!cancel.IsCancellationRequested)
        {
            throw new NodeFailedException($"there was no welcome within {NodeClient.Timeout.TotalSeconds:0} s", late);
        }
    }

    /// <summary>A refused upgrade has no readable body; the same market asked over HTTP says why.</summary>
    private async Task ExplainAsync(NodeClient client, CancellationToken cancel)
    {
        await client.GetAsync(client.PathOf(""), cancel);
        var status = (int)_socket.HttpStatusCode;
        throw new NodeProblemException(new NodeProblem($"HTTP {status}", status, "The node does not let this client watch the market."));
    }

    private static Uri AddressOf(NodeClient client) => new UriBuilder(new Uri(client.Node, $"ws/markets/{client.Market}"))
    {
        Scheme = client.Node.Scheme == "https" ? "wss" : "ws",
    }.Uri;

    private NodeFailedException Closed() =>
        new(_socket.CloseStatus is { } status ? $"closed by the node, {(int)status} {_socket.CloseStatusDescription}".TrimEnd() : "closed by the node");
}
