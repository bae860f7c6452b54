using System.Collections.Concurrent;
using System.Net.WebSockets;
using System.Text;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.Extensions.Logging;

namespace Market.Node.Tests.Cli;

/// <summary>What a client asked.</summary>
public sealed record Asked(string Method, string Path, string? Bearer, string Body);

/// <summary>A node of canned answers on a free port of this machine: it speaks the public protocol and remembers what it was asked.</summary>
public sealed class NodeDouble : IAsyncDisposable
{
    private readonly WebApplication _app;
    private readonly ConcurrentDictionary<string, (int Status, string Body)> _answers = new();
    private readonly ConcurrentQueue<string[]> _scripts = new();

    private NodeDouble()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        _app = builder.Build();
        _app.UseWebSockets();
        _app.Run(AnswerAsync);
    }

    public string Url => _app.Urls.Single();

    public ConcurrentQueue<Asked> Asked { get; } = new();

    /// <summary>First frames of sockets.</summary>
    public ConcurrentQueue<string> Hellos { get; } = new();

    public Asked Last => Asked.Last();

    public static async Task<NodeDouble> StartAsync()
    {
        var node = new NodeDouble();
        await node._app.StartAsync();
        return node;
    }

    /// <summary>From now on, this is the answer to a request.</summary>
    /// <param name="request">Method and path with its query, as sent: <c>GET /api/markets/banana</c>.</param>
    public NodeDouble On(string request, int status, string body)
    {
        _answers[request] = (status, body);
        return this;
    }

    /// <summary>The next connection gets a welcome and these frames, then is closed; the last script stays open when nothing follows it.</summary>
    public NodeDouble Play(params string[] frames)
    {
        _scripts.Enqueue(frames);
        return this;
    }

    public async ValueTask DisposeAsync()
    {
        using var now = new CancellationTokenSource(TimeSpan.Zero);
        await _app.StopAsync(now.Token);
        await _app.DisposeAsync();
    }

    private Task AnswerAsync(HttpContext http) => http.WebSockets.IsWebSocketRequest ? StreamAsync(http) : HttpAsync(http);

    private async Task HttpAsync(HttpContext http)
    {
        using var reader = new StreamReader(http.Request.Body);
        var target = http.Features.Get<IHttpRequestFeature>()!.RawTarget;
        var bearer = http.Request.Headers.Authorization.ToString() is { Length: > 7 } header ? header["Bearer ".Length..] : null;
        Asked.Enqueue(new Asked(http.Request.Method, target, bearer, await reader.ReadToEndAsync()));
        var (status, body) = _answers.GetValueOrDefault($"{http.Request.Method} {target}", (404, Problem(404, "NOT_FOUND", "There is nothing here.")));
        http.Response.StatusCode = status;
        http.Response.ContentType = status < 400 ? "application/json" : "application/problem+json";
        await http.Response.WriteAsync(body);
    }

    private async Task StreamAsync(HttpContext http)
    {
        if (http.Request.Path != "/ws/markets/banana")
        {
            http.Response.StatusCode = 404;
            return;
        }
        using var socket = await http.WebSockets.AcceptWebSocketAsync();
        var buffer = new byte[64 * 1024];
        var read = await socket.ReceiveAsync(buffer, http.RequestAborted);
        Hellos.Enqueue(Encoding.UTF8.GetString(buffer, 0, read.Count));
        _scripts.TryDequeue(out var frames);
        foreach (var frame in frames ?? [Samples.Welcome])
        {
            await socket.SendAsync(Encoding.UTF8.GetBytes(frame), WebSocketMessageType.Text, true, http.RequestAborted);
        }
        if (!_scripts.IsEmpty)
        {
            await socket.CloseAsync(WebSocketCloseStatus.EndpointUnavailable, "restarting", http.RequestAborted);
            return;
        }
        await socket.ReceiveAsync(buffer, http.RequestAborted);
        if (socket.State is WebSocketState.CloseReceived) { await socket.CloseAsync(WebSocketCloseStatus.NormalClosure, null, http.RequestAborted); }
    }

    public static string Problem(int status, string name, string detail, int? code = null) => new JsonObject
    {
        ["type"] = "about:blank",
        ["title"] = name,
        ["status"] = status,
        ["detail"] = detail,
        ["code"] = code,
        ["statusName"] = name,
    }.ToJsonString();
}
