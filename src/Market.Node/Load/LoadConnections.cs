using System.Net.Security;
using System.Net.Sockets;
using System.Text;
using System.Text.Json;

namespace Market.Node.Load;

/// <summary>Opens connections to a node: plain or TLS, as requests or as a socket that was welcomed.</summary>
public static class LoadConnections
{
    private const int MaxGreeting = 64 * 1024;
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);

    /// <summary>Opens one for these traders; a socket is the first one's.</summary>
    /// <exception cref="LoadFailedException">It cannot be opened.</exception>
    public static async Task<LoadConnection> OpenAsync(LoadPlan plan, IReadOnlyList<LoadTrader> traders, int number, LoadSchedule schedule)
    {
        var stream = await ConnectAsync(plan.Node);
        try
        {
            if (plan.Door is LoadDoor.Http) { return new LoadConnection(stream, new HttpAnswers(), OrderRequest.Rounds(plan, traders, number), schedule); }
            await GreetAsync(stream, plan, Hello(traders[0]));
            return new LoadConnection(stream, new SocketAnswers(), OrderRequest.Rounds(plan, traders.Take(1), number), schedule);
        }
        catch
        {
            await stream.DisposeAsync();
            throw;
        }
    }

    /// <summary>A socket that only watches prices, after its welcome.</summary>
    /// <inheritdoc cref="OpenAsync"/>
    public static async Task<Stream> WatchAsync(LoadPlan plan)
    {
        var stream = await ConnectAsync(plan.Node);
        await GreetAsync(stream, plan, """{"hello":{"subscribe":["price"]}}""");
        return stream;
    }

    private static string Hello(LoadTrader trader) => JsonSerializer.Serialize(new
    {
        hello = new { team = trader.Trader.Team, name = trader.Trader.Name, token = trader.Token, subscribe = Array.Empty<string>() },
    });

    private static async Task<Stream> ConnectAsync(Uri node)
    {
        var socket = new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        try
        {
            using var patience = new CancellationTokenSource(Patience);
            await socket.ConnectAsync(node.IdnHost, node.Port, patience.Token);
            var plain = new NetworkStream(socket, ownsSocket: true);
            if (node.Scheme != Uri.UriSchemeHttps) { return plain; }
            var secured = new SslStream(plain);
            await secured.AuthenticateAsClientAsync(node.IdnHost);
            return secured;
        }
        catch (Exception failed) when (failed is SocketException or IOException or OperationCanceledException or System.Security.Authentication.AuthenticationException)
        {
            socket.Dispose();
            throw new LoadFailedException($"{node.Authority} cannot be reached: {failed.Message}", failed);
        }
    }

    private static async Task GreetAsync(Stream stream, LoadPlan plan, string hello)
    {
        var upgrade = $"GET {plan.Node.AbsolutePath}ws/markets/{plan.Market} HTTP/1.1\r\nHost: {plan.Node.Authority}\r\nUpgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Version: 13\r\nSec-WebSocket-Key: bW9ua29ub215LWJlbmNoIQ==\r\n\r\n";
        await stream.WriteAsync(Encoding.ASCII.GetBytes(upgrade));
        var upgraded = await ReadAsync(stream, bytes => bytes.IndexOf("\r\n\r\n"u8) + 4 is > 3 and var end ? end : 0);
        if (!upgraded.StartsWith("HTTP/1.1 101", StringComparison.Ordinal)) { throw new LoadFailedException($"The node opens no socket: {upgraded.Split('\r')[0]}"); }
        await stream.WriteAsync(OrderRequest.Frame(Encoding.UTF8.GetBytes(hello)));
        var frames = new SocketAnswers();
        var welcome = await ReadAsync(stream, bytes => frames.TryRead(bytes, out var answer) ? answer.Length : 0);
        if (!welcome.Contains("\"welcome\"", StringComparison.Ordinal)) { throw new LoadFailedException($"The node did not welcome us: {welcome[2..]}"); }
    }

    /// <summary>Reads byte by byte, so that nothing of what follows is taken: it is once for each connection.</summary>
    private static async Task<string> ReadAsync(Stream stream, Measuring end)
    {
        using var patience = new CancellationTokenSource(Patience);
        var bytes = new byte[MaxGreeting];
        for (var length = 0; length < bytes.Length;)
        {
            var count = await stream.ReadAsync(bytes.AsMemory(length, 1), patience.Token);
            if (count == 0) { break; }
            length += count;
            if (end(bytes.AsSpan(0, length)) > 0) { return Encoding.UTF8.GetString(bytes, 0, length); }
        }
        throw new LoadFailedException("What answers there does not speak as a market's node.");
    }

    /// <returns>Where what is looked for ends; 0 when it is not all there.</returns>
    private delegate int Measuring(ReadOnlySpan<byte> bytes);
}
