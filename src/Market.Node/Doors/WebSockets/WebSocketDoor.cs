using System.Reflection;
using Market.Node.Config;
using Market.Node.Doors.Http;
using Market.Node.Doors.Tokens;
using Market.Node.Hosting;
using Market.Protocol.Messages;

namespace Market.Node.Doors.WebSockets;

/// <summary><c>/ws/markets/{m}</c>: a bot as a remote actor. Holds no game logic; what a frame may say is in <c>docs/PROTOCOL.md</c>.</summary>
public sealed class WebSocketDoor(MarketNode node, CommandDoor commands, TraderTokens tokens, Hub hub, BoardFeed boards, LimitOptions limits, IHostApplicationLifetime lifetime)
{
    private static readonly TimeSpan PingEvery = TimeSpan.FromSeconds(15);
    private int _connections;

    /// <summary>The program's version, without what the build added.</summary>
    public static string Version { get; } =
        typeof(WebSocketDoor).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion.Split('+')[0] ?? "0";

    /// <summary>Open connections.</summary>
    public int Connections => Volatile.Read(ref _connections);

    internal CommandDoor Commands => commands;

    internal TraderTokens Tokens => tokens;

    public async Task HandleAsync(HttpContext http)
    {
        if (node.Find(http.Request.RouteValues["market"] as string) is not { } market)
        {
            await Problem.Of(Status.UnknownMarket).SendAsync(http);
            return;
        }
        if (!http.WebSockets.IsWebSocketRequest)
        {
            await Problem.Malformed("This address is for WebSockets; see /openapi/v1.json for the others.").SendAsync(http);
            return;
        }
        using var socket = await http.WebSockets.AcceptWebSocketAsync(new WebSocketAcceptContext { KeepAliveInterval = PingEvery, KeepAliveTimeout = PingEvery });
        Interlocked.Increment(ref _connections);
        try
        {
            await new Connection(socket, market, this, limits, ConnectionAge.Of(http)).RunAsync(http.RequestAborted, lifetime.ApplicationStopping);
        }
        finally
        {
            Interlocked.Decrement(ref _connections);
        }
    }

    internal void Joined(RunningMarket market, Hello hello, Outbox outbox)
    {
        hub.Listen(market.Id, outbox);
        if (hello.Trader is not null) { hub.ListenTo(market.Id, hello.Trader, outbox); }
        if (hello.Topics.HasFlag(Topics.Board)) { boards.Listen(market, outbox.Boarded); }
    }

    internal void Left(RunningMarket market, Hello? hello, Outbox outbox)
    {
        if (hello is null) { return; }
        hub.Leave(market.Id, hello.Trader, outbox);
        if (hello.Topics.HasFlag(Topics.Board)) { boards.Leave(market, outbox.Boarded); }
    }
}
