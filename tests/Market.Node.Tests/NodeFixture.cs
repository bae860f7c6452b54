using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using Market.Actors.Runtime;
using Market.Node.Config;
using Market.Node.Hosting;
using Market.Node.Tests.Doors.WebSockets;
using Market.Protocol.Values;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;

namespace Market.Node.Tests;

/// <summary>An answer of the HTTP door; the body as JSON when it is any.</summary>
public sealed record Reply(int Status, string Text, HttpResponseHeaders Headers, HttpContentHeaders ContentHeaders)
{
    public JsonElement Json => JsonDocument.Parse(Text).RootElement;

    public JsonElement this[string field] => Json.GetProperty(field);

    public string? MediaType => ContentHeaders.ContentType?.MediaType;
}

/// <summary>A trader that joined, with what lets it act.</summary>
public sealed record JoinedTrader(string Market, string Team, string Name, string Token)
{
    public string Path => $"/api/markets/{Market}/traders/{Uri.EscapeDataString(Team)}/{Uri.EscapeDataString(Name)}";
}

/// <summary>
/// The real node on a free port of this machine with a folder of its own. Unless told otherwise: one market banana of four shards whose
/// price stands still at one coin, no bots, limits out of reach.
/// </summary>
public sealed class NodeFixture : IAsyncDisposable
{
    public const string AdminToken = "the-organisers-token-of-this-test";

    private readonly WebApplication _app;
    private readonly bool _ownsFolder;
    private bool _stopped;

    private NodeFixture(WebApplication app, string folder, bool ownsFolder)
    {
        (_app, Folder, _ownsFolder) = (app, folder, ownsFolder);
        Http = new HttpClient { BaseAddress = new Uri(app.Urls.Single()), Timeout = TimeSpan.FromSeconds(20) };
    }

    public HttpClient Http { get; }

    public string Folder { get; }

    public Uri Url => Http.BaseAddress!;

    /// <summary>What the node is made of, for facts that no door tells.</summary>
    public IServiceProvider Services => _app.Services;

    public static NodeOptions Options { get; } = new()
    {
        Http = new HttpOptions("127.0.0.1", 0),
        Markets = [new MarketOptions(QuietRules("banana"), Seed: 7)],
        AdminToken = AdminToken,
        Bots = new BotOptions(0),
        Limits = new LimitOptions { CommandsPerSecond = 1_000_000, CommandBurst = 1_000_000, JoinsPerSecond = 100_000, GibbsPerSecond = 100_000 },
    };

    public static Task<NodeFixture> StartAsync(Func<NodeOptions, NodeOptions>? change = null) =>
        StartAsync(Directory.CreateTempSubdirectory("monkonomy-node").FullName, change, ownsFolder: true);

    /// <summary>On a folder that was there before, which is left there.</summary>
    public static async Task<NodeFixture> StartAsync(string folder, Func<NodeOptions, NodeOptions>? change = null, bool ownsFolder = false)
    {
        var options = change is null ? Options : change(Options);
        var app = NodeHost.Build(options with { DataFolder = folder });
        await app.Services.GetRequiredService<MarketNode>().StartAsync(CancellationToken.None);
        await app.StartAsync();
        return new NodeFixture(app, folder, ownsFolder);
    }

    /// <summary>A market whose price stands still at one coin, and whose investments come home before anybody looks.</summary>
    public static MarketRules QuietRules(string market)
    {
        MarketId.TryRead(market, out var id).ShouldBeTrue();
        var rules = new MarketRules { Market = id, Shards = 4 };
        return rules with
        {
            Price = rules.Price with { TickMs = 3_600_000, Mu = 0, Sigma = 0 },
            Plantation = rules.Plantation with { WaitMsPerCoin = 0 },
        };
    }

    public async Task<Reply> SendAsync(HttpRequestMessage request)
    {
        using var response = await Http.SendAsync(request);
        var text = await response.Content.ReadAsStringAsync();
        return new Reply((int)response.StatusCode, text, response.Headers, response.Content.Headers);
    }

    public async Task<Reply> GetAsync(string path)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, path);
        return await SendAsync(request);
    }

    public Task<Reply> PostAsync(string path, string body, string? token = null) => PostAsync(path, Encoding.UTF8.GetBytes(body), token);

    public async Task<Reply> PostAsync(string path, byte[] body, string? token = null)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, path) { Content = new ByteArrayContent(body) };
        request.Content.Headers.ContentType = new MediaTypeHeaderValue("application/json");
        if (token is not null) { request.Headers.TryAddWithoutValidation("Authorization", $"Bearer {token}"); }
        return await SendAsync(request);
    }

    public async Task<JoinedTrader> JoinAsync(string name, string team = "BONOBO", string market = "banana")
    {
        var reply = await PostAsync($"/api/markets/{market}/traders", JsonSerializer.Serialize(new { team, name }));
        reply.Status.ShouldBe(201, reply.Text);
        return new JoinedTrader(market, team, name, reply["token"].GetString()!);
    }

    /// <summary>One command or an array of them, with the trader's token.</summary>
    public Task<Reply> CommandAsync(JoinedTrader trader, string json) => PostAsync($"/api/markets/{trader.Market}/commands", json, trader.Token);

    public Task<Reply> GibbAsync(string author, string text, string market = "banana") =>
        PostAsync($"/api/markets/{market}/gibbs", JsonSerializer.Serialize(new { author, text }));

    public Task<Reply> AdminAsync(string action, string market = "banana", string? token = AdminToken) =>
        PostAsync($"/api/admin/markets/{market}/{action}", "", token);

    public async Task<JsonElement> StateAsync(JoinedTrader trader) => (await GetAsync(trader.Path)).Json;

    /// <summary>Asks more than a second can hold, all at once, and gives the first answer that says so.</summary>
    public static async Task<Reply> RateLimitedAsync(Func<Task<Reply>> ask)
    {
        var replies = await Task.WhenAll(Enumerable.Range(0, 20).Select(_ => ask()));
        return replies.First(reply => reply.Status == 429);
    }

    /// <summary>A WebSocket that has not yet said hello.</summary>
    public Task<SocketClient> ConnectAsync(string market = "banana") => SocketClient.ConnectAsync(Url, market);

    /// <summary>A WebSocket that was welcomed.</summary>
    public async Task<SocketClient> ConnectAsync(JoinedTrader trader, params string[] topics)
    {
        var socket = await ConnectAsync(trader.Market);
        await socket.HelloAsync(trader, topics);
        return socket;
    }

    /// <summary>Ends the node as SIGTERM does; the folder stays until this is disposed.</summary>
    public async Task StopAsync()
    {
        if (_stopped) { return; }
        _stopped = true;
        Http.Dispose();
        await _app.StopAsync();
        await _app.DisposeAsync();
    }

    public async ValueTask DisposeAsync()
    {
        await StopAsync();
        if (_ownsFolder) { Directory.Delete(Folder, recursive: true); }
    }
}

/// <summary>A node that all tests of a class share, each with traders of its own.</summary>
public sealed class SharedNode : IAsyncLifetime
{
    private int _names;

    public NodeFixture Node { get; private set; } = null!;

    public async Task InitializeAsync() => Node = await NodeFixture.StartAsync();

    public Task<JoinedTrader> JoinAsync() => Node.JoinAsync($"trader{Interlocked.Increment(ref _names)}");

    public async Task DisposeAsync() => await Node.DisposeAsync();
}
