using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json;
using Market.Actors.Runtime;
using Market.Actors.Traders;
using Market.Node.Config;
using Market.Node.Hosting;
using Market.Protocol.Values;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;

namespace Market.Node.Tests.Journals.Sqlite;

/// <summary>A node in this process over a data folder, and one trader of it, who asks by HTTP.</summary>
internal sealed class NodeOnDisk : IAsyncDisposable
{
    private static readonly TimeSpan Longest = TimeSpan.FromSeconds(60);

    private readonly WebApplication _app;
    private readonly HttpClient _http;

    private NodeOnDisk(WebApplication app)
    {
        _app = app;
        _http = new HttpClient { BaseAddress = new Uri(app.Urls.First()), Timeout = Longest };
    }

    public static async Task<NodeOnDisk> StartAsync(string folder)
    {
        var rules = new MarketRules { Market = MarketId.Of("banana"), Shards = 2, Traders = new TraderRules { RememberedAnswers = 65_536 } };
        var app = NodeHost.Build(new NodeOptions
        {
            DataFolder = folder,
            Http = new HttpOptions(Port: 0),
            Markets = [new MarketOptions(rules, Seed: 42)],
            Limits = new LimitOptions { CommandsPerSecond = 1_000_000, CommandBurst = 1_000_000 },
            Bots = new BotOptions(Count: 0),
        });
        await app.Services.GetRequiredService<MarketNode>().StartAsync(CancellationToken.None);
        await app.StartAsync();
        return new NodeOnDisk(app);
    }

    /// <summary>Loops until a fact is one.</summary>
    public static async Task UntilAsync(string what, Func<Task<bool>> fact)
    {
        using var late = new CancellationTokenSource(Longest);
        while (!await fact())
        {
            if (late.IsCancellationRequested) { throw new TimeoutException($"Never: {what}."); }
            await Task.Yield();
        }
    }

    /// <returns>The token.</returns>
    public async Task<string> JoinAsync(string name)
    {
        using var answer = await _http.PostAsJsonAsync("/api/markets/banana/traders", new { team = "BONOBO", name });
        answer.StatusCode.ShouldBe(HttpStatusCode.Created);
        return (await answer.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("token").GetString()!;
    }

    public void ActAs(string token) => _http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", token);

    public async Task<(HttpStatusCode Status, string? Type, JsonElement Body)> BuyAsync(string txnId)
    {
        using var answer = await _http.PostAsJsonAsync("/api/markets/banana/commands", new { txnId, type = "BUY", shares = 1 });
        return (answer.StatusCode, answer.Content.Headers.ContentType?.MediaType, await answer.Content.ReadFromJsonAsync<JsonElement>());
    }

    public async Task<(HttpStatusCode Status, string Reasons)> ReadyAsync()
    {
        using var answer = await _http.GetAsync(new Uri("/healthz/ready", UriKind.Relative));
        return (answer.StatusCode, (await answer.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("reasons").ToString());
    }

    public async Task<JsonElement> StateAsync(string name) => await _http.GetFromJsonAsync<JsonElement>($"/api/markets/banana/traders/BONOBO/{name}");

    public async ValueTask DisposeAsync()
    {
        _http.Dispose();
        await _app.StopAsync();
        await _app.DisposeAsync();
    }
}
