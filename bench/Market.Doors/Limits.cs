using System.Net;
using System.Net.WebSockets;

namespace Market.Doors;

/// <summary>What the doors stand on, with no market behind it: the same server, answering at once.</summary>
internal sealed class Limits : IAsyncDisposable
{
    /// <summary>As long as a node's answer to one order.</summary>
    private static readonly byte[] Body =
        """{"txnId":"0000000000000","type":"MARKET","status":"ACCEPTED","code":0,"price":1,"state":{"time":"2026-01-31T12:00:00.000Z","coins":9,"shares":1,"bailouts":0,"fedMonkeys":0,"inFlightInvestments":0,"score":0}}"""u8.ToArray();

    private readonly WebApplication _app;

    private Limits(WebApplication app) => _app = app;

    public Uri Url => new(_app.Urls.Single() + "/");

    public static async Task<Limits> StartAsync()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseKestrelCore().ConfigureKestrel(kestrel => kestrel.Listen(IPAddress.Loopback, 0));
        var app = builder.Build();
        app.UseWebSockets();
        app.MapPost("/api/markets/{market}/commands", (RequestDelegate)AnswerAsync);
        app.Map("/ws/markets/{market}", (RequestDelegate)EchoAsync);
        await app.StartAsync();
        return new Limits(app);
    }

    public ValueTask DisposeAsync() => _app.DisposeAsync();

    private static async Task AnswerAsync(HttpContext http)
    {
        while (true)
        {
            var read = await http.Request.BodyReader.ReadAsync();
            http.Request.BodyReader.AdvanceTo(read.Buffer.End);
            if (read.IsCompleted) { break; }
        }
        http.Response.ContentType = "application/json";
        http.Response.ContentLength = Body.Length;
        await http.Response.BodyWriter.WriteAsync(Body);
    }

    /// <summary>Welcomes, and then says back whatever it hears.</summary>
    private static async Task EchoAsync(HttpContext http)
    {
        using var socket = await http.WebSockets.AcceptWebSocketAsync();
        var buffer = new byte[64 * 1024];
        await socket.ReceiveAsync(buffer.AsMemory(), CancellationToken.None);
        await socket.SendAsync("{\"welcome\":{}}"u8.ToArray(), WebSocketMessageType.Text, true, CancellationToken.None);
        try
        {
            while (await socket.ReceiveAsync(buffer.AsMemory(), CancellationToken.None) is { MessageType: WebSocketMessageType.Text } frame)
            {
                await socket.SendAsync(buffer.AsMemory(0, frame.Count), WebSocketMessageType.Text, frame.EndOfMessage, CancellationToken.None);
            }
        }
        catch (WebSocketException)
        {
            // the client went, as it does at the end of a round
        }
    }
}
