using System.Net;
using System.Net.Sockets;

namespace Market.Servers.Tests.Servers;

/// <summary>A line to a server on this machine that can be cut while something is on it.</summary>
public sealed class CutLine : IAsyncDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly CancellationTokenSource _end = new();
    private readonly Task _running;
    private readonly int _server;
    private volatile Cut _cut;

    public CutLine(int serverPort)
    {
        _server = serverPort;
        _listener.Start();
        _running = AcceptAsync();
    }

    private enum Cut
    {
        None,
        Questions,
        Answers,
    }

    public int Port => ((IPEndPoint)_listener.LocalEndpoint).Port;

    /// <summary>What the client says next does not arrive: its connection is cut.</summary>
    public void LoseNextQuestion() => _cut = Cut.Questions;

    /// <summary>What the server says next does not arrive: it has heard, acted and answered, and then the connection is cut.</summary>
    public void LoseNextAnswer() => _cut = Cut.Answers;

    public async ValueTask DisposeAsync()
    {
        await _end.CancelAsync();
        _listener.Dispose();
        await _running;
        _end.Dispose();
    }

    private async Task AcceptAsync()
    {
        var lines = new List<Task>();
        try
        {
            while (true) { lines.Add(CarryAsync(await _listener.AcceptTcpClientAsync(_end.Token))); }
        }
        catch (OperationCanceledException)
        {
            await Task.WhenAll(lines);
        }
    }

    private async Task CarryAsync(TcpClient client)
    {
        using var near = client;
        using var far = new TcpClient();
        await far.ConnectAsync(IPAddress.Loopback, _server);
        await Task.WhenAny(CopyAsync(near, far, Cut.Questions), CopyAsync(far, near, Cut.Answers));
    }

    private async Task CopyAsync(TcpClient from, TcpClient to, Cut cut)
    {
        var room = new byte[65_536];
        try
        {
            for (int read; (read = await from.GetStream().ReadAsync(room, _end.Token)) > 0;)
            {
                if (_cut == cut)
                {
                    _cut = Cut.None;
                    return;
                }
                await to.GetStream().WriteAsync(room.AsMemory(0, read), _end.Token);
            }
        }
        catch (Exception over) when (over is IOException or OperationCanceledException or ObjectDisposedException)
        {
            // one end is gone: so is the line
        }
    }
}
