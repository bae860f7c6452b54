using System.Net.Http.Headers;
using System.Text.Json;
using System.Text.Json.Serialization;
using Market.Actors.Cluster;
using Market.Node.Doors.Http;

namespace Market.Node.Inspection;

/// <summary>
/// What every look passes through: the organiser's token, and the way to the node that is looked at. A node asks another with the token it was asked
/// with, once: what is asked on behalf of another node is answered here or not at all.
/// </summary>
public sealed class Gate(AdminToken admin, Membership members) : IDisposable
{
    /// <summary>Says that a node asks, not a person.</summary>
    private const string OnBehalf = "Monkonomy-On-Behalf";

    /// <summary>Largest answer of another node, in bytes: a page of a thousand actors is a quarter of it.</summary>
    private const int MaxAnswerBytes = 4 * 1024 * 1024;

    private static readonly JsonSerializerOptions Fields = new(JsonSerializerDefaults.Web) { DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull };

    // No redirects and no proxy: the token goes to the member that was meant.
    private readonly HttpClient _nodes = new(new SocketsHttpHandler { AllowAutoRedirect = false, UseProxy = false, ConnectTimeout = TimeSpan.FromSeconds(2) })
    {
        Timeout = TimeSpan.FromSeconds(10),
        MaxResponseContentBufferSize = MaxAnswerBytes,
    };

    /// <summary>A look at the node that <c>node=NAME</c> names, this one when nothing does.</summary>
    public Func<HttpContext, Task> Guard(Func<HttpContext, Task> look) => async http =>
    {
        if (!await admin.IsShownAsync(http)) { return; }
        var name = http.Request.Query["node"].ToString();
        if (name.Length == 0 || name == members.Self) { await look(http); }
        else if (members.Find(name) is { } other) { await AskAsync(http, other); }
        else { await Problem.NotFound($"No node {name} is in the cluster now, as {members.Self} hears.").SendAsync(http); }
    };

    /// <summary>Answers with what another node answers to the same request.</summary>
    public async Task AskAsync(HttpContext http, Here other)
    {
        if (http.Request.Headers.ContainsKey(OnBehalf))
        {
            await new Problem(StatusCodes.Status503ServiceUnavailable, "MOVED", null, $"What was asked for has moved from {members.Self} to {other.Node}; ask again.") { RetryAfterMs = 500 }.SendAsync(http);
            return;
        }
        try
        {
            using var request = new HttpRequestMessage(new HttpMethod(http.Request.Method), new Uri(new Uri(other.Http), $"{http.Request.Path}{http.Request.QueryString}"));
            request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", http.BearerToken());
            request.Headers.Add(OnBehalf, members.Self);
            if (http.Request.ContentLength > 0) { request.Content = new StreamContent(http.Request.Body); }
            using var answer = await _nodes.SendAsync(request, http.RequestAborted);
            http.Response.StatusCode = (int)answer.StatusCode;
            http.Response.ContentType = answer.Content.Headers.ContentType?.ToString();
            await answer.Content.CopyToAsync(http.Response.Body, http.RequestAborted);
        }
        catch (Exception failed) when (failed is HttpRequestException or UriFormatException || (failed is TaskCanceledException && !http.RequestAborted.IsCancellationRequested))
        {
            await new Problem(StatusCodes.Status503ServiceUnavailable, "NODE_UNREACHABLE", null, $"{other.Node} does not answer {members.Self} at {other.Http}: {failed.Message}").SendAsync(http);
        }
    }

    public void Dispose() => _nodes.Dispose();

    /// <summary>Answers with a shape.</summary>
    internal static Task SendAsync<T>(HttpContext http, T shown, int status = StatusCodes.Status200OK) =>
        http.SendJsonAsync(json => JsonSerializer.Serialize(json, shown, Fields), status);

    internal static JsonElement Element<T>(T shown) => JsonSerializer.SerializeToElement(shown, Fields);

    /// <summary>JSON of what writes itself.</summary>
    internal static JsonElement Element(Action<Utf8JsonWriter> write)
    {
        var bytes = new System.Buffers.ArrayBufferWriter<byte>();
        using (var json = new Utf8JsonWriter(bytes)) { write(json); }
        using var document = JsonDocument.Parse(bytes.WrittenMemory);
        return document.RootElement.Clone();
    }
}
