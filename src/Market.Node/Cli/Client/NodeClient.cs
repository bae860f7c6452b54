using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Market.Protocol.Values;

namespace Market.Node.Cli.Client;

/// <summary>A node's HTTP door, for one market. Asks once: what to do about a failure is the person's choice.</summary>
public sealed class NodeClient : IDisposable
{
    /// <summary>Longest wait for a connection; a node on another continent needs a tenth of it.</summary>
    public static readonly TimeSpan ConnectTimeout = TimeSpan.FromSeconds(5);

    /// <summary>Longest wait for a whole answer.</summary>
    public static readonly TimeSpan Timeout = TimeSpan.FromSeconds(15);

    /// <summary>Largest answer read: a board of 100,000 traders.</summary>
    private const int MaxAnswerBytes = 32 * 1024 * 1024;

    private readonly HttpClient _http;

    /// <param name="node">Ends with a slash.</param>
    public NodeClient(Uri node, MarketId market)
    {
        Node = node;
        Market = market;
        // No redirects: a token goes to the node that was named and to no other.
        var handler = new SocketsHttpHandler { ConnectTimeout = ConnectTimeout, AllowAutoRedirect = false, UseProxy = !node.IsLoopback };
        _http = new HttpClient(handler) { BaseAddress = node, Timeout = Timeout, MaxResponseContentBufferSize = MaxAnswerBytes };
    }

    public Uri Node { get; }

    public MarketId Market { get; }

    /// <summary>A path below this market.</summary>
    /// <param name="rest">Escaped, without a slash in front; empty for the market itself.</param>
    public string PathOf(string rest) => rest.Length == 0 ? $"api/markets/{Market}" : $"api/markets/{Market}/{rest}";

    /// <summary>A trader's path below this market.</summary>
    public static string TraderPath(TraderKey trader) => $"traders/{Uri.EscapeDataString(trader.Team)}/{Uri.EscapeDataString(trader.Name)}";

    /// <exception cref="NodeProblemException">The node answered with a problem.</exception>
    /// <exception cref="NodeFailedException">There is no answer, or none of a node.</exception>
    public Task<JsonElement> GetAsync(string path, CancellationToken cancel, string? bearer = null) => AskAsync(new HttpRequestMessage(HttpMethod.Get, path), bearer, cancel);

    /// <param name="body">Null for none.</param>
    /// <param name="bearer">A token; null for none.</param>
    /// <returns>The answer; of the kind <see cref="JsonValueKind.Undefined"/> when it has no body.</returns>
    /// <inheritdoc cref="GetAsync"/>
    public Task<JsonElement> PostAsync(string path, JsonNode? body, string? bearer, CancellationToken cancel)
    {
        var request = new HttpRequestMessage(HttpMethod.Post, path);
        if (body is not null) { request.Content = new StringContent(body.ToJsonString(), Encoding.UTF8, "application/json"); }
        return AskAsync(request, bearer, cancel);
    }

    public void Dispose() => _http.Dispose();

    private async Task<JsonElement> AskAsync(HttpRequestMessage request, string? bearer, CancellationToken cancel)
    {
        if (bearer is not null) { request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", bearer); }
        using (request)
        {
            try
            {
                using var response = await _http.SendAsync(request, cancel);
                return await ReadAsync(response, cancel);
            }
            catch (HttpRequestException failed)
            {
                throw Failures.Of(failed);
            }
            catch (TaskCanceledException late) when (!cancel.IsCancellationRequested)
            {
                throw new NodeFailedException($"The node did not answer within {Timeout.TotalSeconds:0} s.", late);
            }
        }
    }

    private static async Task<JsonElement> ReadAsync(HttpResponseMessage response, CancellationToken cancel)
    {
        var json = await ParseAsync(response, cancel);
        if (response.IsSuccessStatusCode) { return json ?? throw NodeFailedException.NotANode(); }
        if (json is null || NodeProblem.TryRead(json.Value, (int)response.StatusCode) is not { } problem)
        {
            throw new NodeFailedException($"The node answered HTTP {(int)response.StatusCode} and no reason; perhaps it is no market's node.");
        }
        var after = (long?)response.Headers.RetryAfter?.Delta?.TotalMilliseconds;
        throw new NodeProblemException(problem with { RetryAfterMs = problem.RetryAfterMs ?? after });
    }

    /// <summary>The body as JSON; undefined when empty, null when it is something else.</summary>
    private static async Task<JsonElement?> ParseAsync(HttpResponseMessage response, CancellationToken cancel)
    {
        var body = await response.Content.ReadAsByteArrayAsync(cancel);
        return body.Length == 0 ? default(JsonElement) : JsonText.TryRead(body);
    }
}
