using System.Net;
using System.Net.Sockets;

namespace Market.Servers;

/// <summary>
/// A node's way to a server on this machine, which can be stalled, cut and made slow without any right to do so to the network. What is on a stalled line
/// arrives when it is mended, however late: as a network does that finds its way again.
/// </summary>
public sealed class Line : IAsyncDisposable
{
    private readonly TcpListener _listener;
    private readonly CancellationTokenSource _end = new();
    private readonly Task _running;
    private readonly int _server;
    private readonly Lock _gate = new();

    // Owned by the gate.
    private TaskCompletionSource _passes = Passing();
    private CancellationTokenSource _uncut = new();
    private bool _isCut;

    private long _delayTicks;

    /// <param name="at">Where nodes find it; any free port.</param>
    /// <param name="serverPort">On loopback.</param>
    public Line(IPAddress at, int serverPort)
    {
        _server = serverPort;
        _listener = new TcpListener(at, 0);
        _listener.Start();
        _running = AcceptAsync();
    }

    public IPEndPoint Place => (IPEndPoint)_listener.LocalEndpoint;

    /// <summary>Nothing passes any more, and nobody is told.</summary>
    public void Stall()
    {
        lock (_gate)
        {
            if (_passes.Task.IsCompleted) { _passes = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously); }
        }
    }

    /// <summary>All connections end, and no new one is made.</summary>
    public void Cut()
    {
        lock (_gate)
        {
            _isCut = true;
            _uncut.Cancel();
        }
    }

    /// <summary>All that is said, either way, arrives so much later.</summary>
    public void Slow(TimeSpan by) => Volatile.Write(ref _delayTicks, by.Ticks);

    public void Mend()
    {
        lock (_gate)
        {
            Slow(TimeSpan.Zero);
            if (_isCut) { _uncut = new CancellationTokenSource(); }
            _isCut = false;
            _passes.TrySetResult();
        }
    }

    public async ValueTask DisposeAsync()
    {
        await _end.CancelAsync();
        _listener.Dispose();
        await _running;
        _end.Dispose();
        _uncut.Dispose();
    }

    private static TaskCompletionSource Passing()
    {
        var passes = new TaskCompletionSource();
        passes.SetResult();
        return passes;
    }

    private async Task AcceptAsync()
    {
        var connections = new List<Task>();
        try
        {
            while (true)
            {
                var client = await _listener.AcceptTcpClientAsync(_end.Token);
                connections.RemoveAll(connection => connection.IsCompleted);
                connections.Add(CarryAsync(client));
            }
        }
        catch (OperationCanceledException)
        {
            await Task.WhenAll(connections);
        }
    }

    private async Task CarryAsync(TcpClient client)
    {
        using var near = client;
        using var far = new TcpClient { NoDelay = true };
        near.NoDelay = true;
        var uncut = Uncut();
        using var either = CancellationTokenSource.CreateLinkedTokenSource(_end.Token, uncut);
        try
        {
            await PassAsync(either.Token);
            await far.ConnectAsync(IPAddress.Loopback, _server, either.Token);
            await await Task.WhenAny(CopyAsync(near, far, either.Token), CopyAsync(far, near, either.Token));
        }
        catch (Exception over) when (over is IOException or OperationCanceledException or ObjectDisposedException or SocketException)
        {
            // one end is gone: so is the connection
        }
    }

    private async Task CopyAsync(TcpClient from, TcpClient to, CancellationToken cancel)
    {
        var room = new byte[65_536];
        while (await from.GetStream().ReadAsync(room, cancel) is > 0 and var read)
        {
            await PassAsync(cancel);
            await Pause.ForAsync(TimeSpan.FromTicks(Volatile.Read(ref _delayTicks)), cancel);
            await to.GetStream().WriteAsync(room.AsMemory(0, read), cancel);
        }
        await PassAsync(cancel); // that the other end is gone is not heard either
    }

    private Task PassAsync(CancellationToken cancel)
    {
        lock (_gate) { return _passes.Task.WaitAsync(cancel); }
    }

    private CancellationToken Uncut()
    {
        lock (_gate) { return _uncut.Token; }
    }
}
