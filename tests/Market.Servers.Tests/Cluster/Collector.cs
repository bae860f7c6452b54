using System.Text;
using System.Threading.Channels;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;

namespace Market.Servers.Tests.Cluster;

/// <summary>One span, as a collector was sent it.</summary>
/// <param name="Node">Which node's it is.</param>
internal sealed record Span(string Node, string Name, string TraceId, string Id, string Parent);

/// <summary>A collector of OTLP over HTTP, which keeps spans for whoever looks for them.</summary>
internal sealed class Collector : IAsyncDisposable
{
    private readonly WebApplication _app;
    private readonly Channel<Span> _spans = Channel.CreateUnbounded<Span>();

    private Collector(WebApplication app) => _app = app;

    public string Address => _app.Urls.Single();

    public static async Task<Collector> StartAsync()
    {
        var app = WebApplication.CreateSlimBuilder().Build();
        app.Urls.Add("http://127.0.0.1:0");
        var collector = new Collector(app);
        app.MapPost("/v1/{signal}", collector.TakeAsync);
        await app.StartAsync();
        return collector;
    }

    /// <summary>Returns once there are so many spans of a trace.</summary>
    public async Task<IReadOnlyList<Span>> OfTraceAsync(string traceId, int count)
    {
        using var late = new CancellationTokenSource(TimeSpan.FromSeconds(60));
        var found = new List<Span>();
        while (found.Count < count)
        {
            var span = await _spans.Reader.ReadAsync(late.Token);
            if (span.TraceId == traceId) { found.Add(span); }
        }
        return found;
    }

    public ValueTask DisposeAsync() => _app.DisposeAsync();

    private async Task TakeAsync(HttpContext http)
    {
        using var body = new MemoryStream();
        await http.Request.Body.CopyToAsync(body);
        if (http.Request.RouteValues["signal"] is not "traces") { return; }
        foreach (var ofResource in Fields(body.ToArray(), 1))
        {
            var node = Fields(ofResource, 1).SelectMany(resource => Fields(resource, 1)).Single(attribute => Text(attribute, 1) == "service.instance.id");
            foreach (var span in Fields(ofResource, 2).SelectMany(scope => Fields(scope, 2)))
            {
                await _spans.Writer.WriteAsync(new Span(Text(Fields(node, 2).Single(), 1), Text(span, 5), Hex(span, 1), Hex(span, 2), Hex(span, 4)));
            }
        }
    }

    private static string Text(ReadOnlyMemory<byte> message, int field) => Encoding.UTF8.GetString(Fields(message, field).Single().Span);

    private static string Hex(ReadOnlyMemory<byte> message, int field) => Convert.ToHexStringLower(Fields(message, field).FirstOrDefault().Span);

    /// <summary>The fields of a message of Protocol Buffers that have a length: texts, bytes and messages.</summary>
    private static List<ReadOnlyMemory<byte>> Fields(ReadOnlyMemory<byte> message, int field)
    {
        var found = new List<ReadOnlyMemory<byte>>();
        for (var at = 0; at < message.Length;)
        {
            var key = Varint(message.Span, ref at);
            var length = (key & 7) switch { 0 => 0, 1 => 8, 5 => 4, _ => (int)Varint(message.Span, ref at) };
            if ((key & 7) == 0) { Varint(message.Span, ref at); }
            if ((key & 7) == 2 && key >> 3 == (ulong)field) { found.Add(message.Slice(at, length)); }
            at += length;
        }
        return found;
    }

    private static ulong Varint(ReadOnlySpan<byte> bytes, ref int at)
    {
        var value = 0UL;
        for (var shift = 0; ; shift += 7)
        {
            value |= (ulong)(bytes[at] & 0x7f) << shift;
            if (bytes[at++] < 0x80) { return value; }
        }
    }
}
