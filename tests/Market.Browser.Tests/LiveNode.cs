using System.Net;
using System.Net.Http.Json;
using Market.Actors.Runtime;
using Market.Node.Config;
using Market.Node.Hosting;
using Market.Protocol.Values;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;

namespace Market.Browser.Tests;

/// <summary>The real node in this process, with bots and a quick tick; can be stopped and started again on its port and folder.</summary>
public sealed class LiveNode : IAsyncDisposable
{
    private const string AdminToken = "the-organisers-token";

    private readonly string _folder = Directory.CreateTempSubdirectory("browser-").FullName;
    private WebApplication? _app;

    public Uri Address { get; private set; } = new("http://127.0.0.1:0");

    public static async Task<LiveNode> StartAsync()
    {
        var node = new LiveNode();
        await node.StartAgainAsync();
        return node;
    }

    public async Task StartAgainAsync()
    {
        MarketId.TryRead("banana", out var banana).ShouldBeTrue();
        var rules = new MarketRules { Market = banana };
        _app = NodeHost.Build(new NodeOptions
        {
            DataFolder = _folder,
            Http = new HttpOptions(IPAddress.Loopback.ToString(), Address.Port),
            Markets = [new MarketOptions(rules with { Price = rules.Price with { TickMs = 200 } }, Seed: 7)],
            AdminToken = AdminToken,
        });
        await _app.Services.GetRequiredService<MarketNode>().StartAsync(CancellationToken.None);
        await _app.StartAsync();
        Address = new Uri(_app.Urls.First());
    }

    public async Task StopAsync()
    {
        if (_app is null) { return; }
        await _app.StopAsync();
        await _app.DisposeAsync();
        _app = null;
    }

    public Task<HttpStatusCode> JoinAsync(string team, string name) => PostAsync("api/markets/banana/traders", new { team, name });

    public async Task MoveAsync(string action) => (await PostAsync($"api/admin/markets/banana/{action}", new { })).ShouldBe(HttpStatusCode.OK);

    public async ValueTask DisposeAsync()
    {
        await StopAsync();
        Directory.Delete(_folder, recursive: true);
    }

    private async Task<HttpStatusCode> PostAsync(string path, object body)
    {
        using var http = new HttpClient { BaseAddress = Address, DefaultRequestHeaders = { Authorization = new("Bearer", AdminToken) } };
        using var answer = await http.PostAsJsonAsync(path, body);
        return answer.StatusCode;
    }
}
