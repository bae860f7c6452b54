using System.Text.Json;

namespace Market.Node.Tests.Doors.Http;

/// <summary>One server-sent event.</summary>
public sealed record SentEvent(string Topic, string? Id, JsonElement Data);

/// <summary>Reads a stream of server-sent events as a browser does.</summary>
public sealed class EventStream : IDisposable
{
    private static readonly TimeSpan Longest = TimeSpan.FromSeconds(20);

    private readonly HttpResponseMessage _response;
    private readonly StreamReader _lines;

    private EventStream(HttpResponseMessage response, Stream body) => (_response, _lines) = (response, new StreamReader(body));

    public HttpResponseMessage Response => _response;

    public static async Task<EventStream> OpenAsync(NodeFixture node, string query = "", string? lastEventId = null)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, $"/api/markets/banana/stream{query}");
        if (lastEventId is not null) { request.Headers.Add("Last-Event-ID", lastEventId); }
        var response = await node.Http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead);
        return new EventStream(response, await response.Content.ReadAsStreamAsync());
    }

    /// <summary>The next event of a topic, or of any.</summary>
    public async Task<SentEvent> NextAsync(string? topic = null)
    {
        while (true)
        {
            var next = await ReadAsync();
            if (topic is null || next.Topic == topic) { return next; }
        }
    }

    public void Dispose()
    {
        _lines.Dispose();
        _response.Dispose();
    }

    private async Task<SentEvent> ReadAsync()
    {
        using var late = new CancellationTokenSource(Longest);
        var (topic, id, data) = (default(string), default(string), default(string));
        while (await _lines.ReadLineAsync(late.Token) is { } line)
        {
            if (line.Length == 0 && data is not null) { return new SentEvent(topic!, id, JsonDocument.Parse(data).RootElement); }
            if (line.StartsWith("event: ", StringComparison.Ordinal)) { topic = line[7..]; }
            else if (line.StartsWith("id: ", StringComparison.Ordinal)) { id = line[4..]; }
            else if (line.StartsWith("data: ", StringComparison.Ordinal)) { data = line[6..]; }
        }
        throw new InvalidOperationException("The stream ended.");
    }
}
