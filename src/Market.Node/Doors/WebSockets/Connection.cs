using System.Buffers;
using System.Diagnostics;
using System.Net.WebSockets;
using System.Text.Json;
using Market.Node.Config;
using Market.Node.Doors.Http;
using Market.Node.Hosting;
using Market.Protocol.Wire.Json;

namespace Market.Node.Doors.WebSockets;

/// <summary>
/// One WebSocket from hello to close: a reader that turns frames into commands and a writer that sends whatever the outbox holds. Either's end
/// is the other's.
/// </summary>
public sealed class Connection
{
    /// <summary>How long a client may take to say hello, and a close to be answered.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);

    /// <summary>How long a client may take to read one frame before it is cut off.</summary>
    private static readonly TimeSpan SendPatience = TimeSpan.FromSeconds(30);

    /// <summary>RFC 6455's registry, 1013: come back later.</summary>
    private static readonly (WebSocketCloseStatus, string) TooSlow =
        ((WebSocketCloseStatus)1013, "Results were not read fast enough; come back and ask again with the same txnIds.");

    /// <summary>RFC 6455's registry, 1012: the service begins anew.</summary>
    private static readonly (WebSocketCloseStatus, string) ConnectAgain =
        ((WebSocketCloseStatus)1012, "This node was cut off or stood still; connect again, and send again with the same txnIds.");

    private readonly WebSocket _socket;
    private readonly RunningMarket _market;
    private readonly WebSocketDoor _door;
    private readonly LimitOptions _limits;
    private readonly ConnectionAge _age;
    private readonly Outbox _outbox;
    private readonly Bell _toSend = new();
    private readonly Bell _sent = new();
    private Hello? _hello;
    private int _badFrames;
    private volatile bool _isEnding;

    internal Connection(WebSocket socket, RunningMarket market, WebSocketDoor door, LimitOptions limits, ConnectionAge age)
    {
        (_socket, _market, _door, _limits, _age) = (socket, market, door, limits, age);
        _outbox = new Outbox(limits, _toSend.Ring);
    }

    /// <summary>Runs until the client leaves, breaks the rules, or is cut off, or the node goes down.</summary>
    public async Task RunAsync(CancellationToken aborted, CancellationToken stopping)
    {
        // Cancelling a read cuts the socket off, so the reader's is cancelled last: until then a goodbye can be said.
        using var writing = CancellationTokenSource.CreateLinkedTokenSource(aborted);
        using var reading = CancellationTokenSource.CreateLinkedTokenSource(aborted);
        var stopped = new TaskCompletionSource<(WebSocketCloseStatus, string)>(TaskCreationOptions.RunContinuationsAsynchronously);
        await using var registration = stopping.Register(() => stopped.TrySetResult((WebSocketCloseStatus.EndpointUnavailable, "The node is going down; come back.")));
        var writer = WriteAsync(writing.Token);
        var (status, why) = (WebSocketCloseStatus.NormalClosure, "");
        try
        {
            var reader = ReadAsync(reading.Token);
            var first = await Task.WhenAny(reader, writer, stopped.Task);
            (status, why) = await first;
        }
        catch (Exception gone) when (gone is WebSocketException or OperationCanceledException)
        {
            status = aborted.IsCancellationRequested ? WebSocketCloseStatus.EndpointUnavailable : status;
        }
        finally
        {
            _isEnding = true;
            _door.Left(_market, _hello, _outbox);
            await writing.CancelAsync();
            await CloseAsync(writer, status, why);
            await reading.CancelAsync();
        }
    }

    private async Task<(WebSocketCloseStatus, string)> ReadAsync(CancellationToken cancel)
    {
        Activity.Current = null; // each order is a story of its own, not a chapter of a connection that lasts for hours
        using var frames = new FrameReader(_socket, _limits.MaxBytes);
        try
        {
            while (true)
            {
                var frame = _hello is null ? await FirstFrameAsync(frames, cancel) : await frames.ReadAsync(cancel);
                if (frame is not { } bytes || _isEnding) { return (WebSocketCloseStatus.NormalClosure, ""); }
                if (_hello is not null && !_door.Commands.Takes(_age.Now)) { return ConnectAgain; }
                await TakeAsync(new ReadOnlySequence<byte>(bytes), cancel);
                if (_badFrames >= _limits.MaxBadFrames) { return (WebSocketCloseStatus.PolicyViolation, "Too many frames could not be read."); }
                if (_outbox.Overflowed) { return TooSlow; }
                while (_outbox.FramesInFlight >= _limits.MaxFramesInFlight) { await _sent.WaitAsync(cancel); }
            }
        }
        catch (FrameTooLargeException)
        {
            return (WebSocketCloseStatus.MessageTooBig, $"A frame may have {_limits.MaxBytes} bytes.");
        }
        catch (TimeoutException)
        {
            return (WebSocketCloseStatus.PolicyViolation, "No hello came.");
        }
    }

    private static async ValueTask<ReadOnlyMemory<byte>?> FirstFrameAsync(FrameReader frames, CancellationToken cancel) =>
        await frames.ReadAsync(cancel).AsTask().WaitAsync(Patience, cancel);

    private async ValueTask TakeAsync(ReadOnlySequence<byte> bytes, CancellationToken cancel)
    {
        if (_hello is null)
        {
            await GreetAsync(bytes);
            return;
        }
        var frame = CommandFrame.Read(bytes, _limits.MaxCommandsPerRequest);
        if (frame.Problem is { } problem)
        {
            Bad(Problem.Malformed(problem));
            return;
        }
        if (!frame.IsArray && frame.Commands[0].Problem is not null) { _badFrames++; }
        var batch = _outbox.Expect(frame.Commands.Count, frame.IsArray);
        if (frame.Commands.Count == 0) { _toSend.Ring(); }
        for (var i = 0; i < frame.Commands.Count; i++)
        {
            await _door.Commands.PostAsync(_market, _hello.Trader, frame.Commands[i], batch, i, cancel);
        }
    }

    private async ValueTask GreetAsync(ReadOnlySequence<byte> bytes)
    {
        var (hello, problem) = await Hello.ReadAsync(bytes, _market, _door.Tokens);
        if (problem is not null)
        {
            Bad(problem);
            return;
        }
        _hello = hello;
        _outbox.Topics = hello!.Topics;
        _door.Joined(_market, hello, _outbox);
        _outbox.Welcome(Welcome(hello));
    }

    private byte[] Welcome(Hello hello) => Frames.Frame("welcome", json =>
    {
        json.WriteStartObject();
        if (hello.Trader is { } trader && _market.View.Trader(trader) is { } state)
        {
            json.WritePropertyName("state");
            MessageWriter.Write(json, state);
        }
        var summary = _market.View.Summary;
        json.WritePropertyName("price");
        MessageWriter.Write(json, _market.Id, summary.Price);
        json.WriteStartObject("market");
        json.WriteString("id", _market.Id.Value);
        json.WriteString("status", Frames.Name(summary.Status));
        json.WriteEndObject();
        json.WriteStartObject("server");
        json.WriteString("version", WebSocketDoor.Version);
        json.WriteEndObject();
        json.WriteEndObject();
    });

    private void Bad(Problem problem)
    {
        _badFrames++;
        _outbox.Notice(Frames.Frame("problem", problem.Write));
    }

    private async Task<(WebSocketCloseStatus, string)> WriteAsync(CancellationToken cancel)
    {
        var bytes = new ArrayBufferWriter<byte>();
        await using var json = new Utf8JsonWriter(bytes, MessageWriter.Options);
        using var patience = new CancellationTokenSource();
        while (true)
        {
            await _toSend.WaitAsync(cancel);
            while (_outbox.TryNext(bytes, json, out var frame))
            {
                patience.CancelAfter(SendPatience);
                await _socket.SendAsync(frame, WebSocketMessageType.Text, true, patience.Token);
                _sent.Ring();
            }
            patience.CancelAfter(Timeout.InfiniteTimeSpan);
            if (_outbox.Overflowed) { return TooSlow; }
        }
    }

    /// <summary>Says goodbye once the writer has ended; a client that does not let go within our patience is cut off.</summary>
    private async Task CloseAsync(Task writer, WebSocketCloseStatus status, string why)
    {
        try
        {
            await Task.WhenAny(writer).WaitAsync(Patience);
            using var patience = new CancellationTokenSource(Patience);
            if (_socket.State is WebSocketState.Open or WebSocketState.CloseReceived)
            {
                await _socket.CloseAsync(status, why, patience.Token);
            }
        }
        catch (Exception gone) when (gone is WebSocketException or OperationCanceledException or TimeoutException)
        {
            _socket.Abort();
        }
    }
}
