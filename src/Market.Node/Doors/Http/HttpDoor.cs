using System.Text.Json;
using Market.Actors.Answers;
using Market.Node.Config;
using Market.Node.Doors.Tokens;
using Market.Node.Hosting;
using Market.Protocol.Values;
namespace Market.Node.Doors.Http;
public sealed record AdminToken(string Value);
public sealed class TraderHistory(Func<Market.Actors.Journal.IJournal> open) { public Func<Market.Actors.Journal.IJournal> Open => open; }
public static class HttpDoor
{
    public static void ConfigureKestrel(WebApplicationBuilder b, NodeOptions o) => b.WebHost.UseKestrel(k => k.Listen(System.Net.IPAddress.Parse(o.Http.Address), o.Http.Port));
    public static void AddServices(IServiceCollection s, NodeOptions o) => s.AddSingleton<CommandEndpoint>();
    public static void Map(WebApplication app)
    {
        app.UseWebSockets();
        var node = app.Services.GetRequiredService<MarketNode>(); var tokens = app.Services.GetRequiredService<TraderTokens>();
        app.MapPost("/api/markets/{market}/commands", app.Services.GetRequiredService<CommandEndpoint>().HandleAsync);
        app.MapPost("/api/markets/{market}/traders", async (HttpContext http) =>
        {
            var body = await Bodies.ReadObjectAsync(http, 1000); var m = node.Find((string)http.Request.RouteValues["market"]!)!;
            var key = new TraderKey(body!.Value.Text("team")!, body.Value.Text("name")!);
            var j = await m.Region.AskAsync<Joined>(to => new JoinTrader(key, to), http.RequestAborted);
            await http.Response.WriteAsync(JsonSerializer.Serialize(new { team = key.Team, name = key.Name, taken = j.Taken, token = tokens.Issue(m.Id, key) }));
        });
    }
}
