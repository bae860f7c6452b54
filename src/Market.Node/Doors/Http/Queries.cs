using System.Globalization;
using System.Text.Json;
using Market.Node.Hosting;
using Market.Protocol.Messages;
using Market.Protocol.Values;
using Microsoft.AspNetCore.Http.Features;
using Market.Protocol.Wire.Json;

namespace Market.Node.Doors.Http;

/// <summary>What most endpoints need of a request: its market, its numbers, and a JSON answer.</summary>
internal static class Queries
{
    /// <summary>The market of the address; answers the request itself when there is none.</summary>
    public static async ValueTask<RunningMarket?> MarketAsync(this MarketNode node, HttpContext http)
    {
        var market = node.Find(http.Request.RouteValues["market"] as string);
        if (market is null) { await Problem.Of(Status.UnknownMarket).SendAsync(http); }
        return market;
    }

    /// <summary>
    /// The trader of the address. A path is decoded before it is routed, all but %2F: whether that was a slash in a name or the name's own
    /// three characters, only the address as it was sent tells. Teams have no slashes.
    /// </summary>
    public static TraderKey Trader(this HttpContext http)
    {
        var (team, name) = ((string)http.Request.RouteValues["team"]!, (string)http.Request.RouteValues["name"]!);
        if (!name.Contains("%2F", StringComparison.OrdinalIgnoreCase)) { return new TraderKey(team, name); }
        var segments = http.Features.GetRequiredFeature<IHttpRequestFeature>().RawTarget.Split('?')[0].Split('/');
        var sent = segments.LastOrDefault(segment => AsRouted(segment) == name);
        return new TraderKey(team, sent is null ? name : Uri.UnescapeDataString(sent));
    }

    /// <summary>A whole number of the query; answers the request itself when it is none.</summary>
    /// <returns>Null when the request was answered.</returns>
    public static async ValueTask<long?> NumberAsync(HttpContext http, string name, long fallback, long min, long max)
    {
        if (!http.Request.Query.TryGetValue(name, out var text)) { return fallback; }
        if (long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number >= min && number <= max) { return number; }
        await Problem.Malformed($"{name}: a whole number from {min} to {max} is needed.").SendAsync(http);
        return null;
    }

    /// <summary>Answers with JSON.</summary>
    public static async Task SendJsonAsync(this HttpContext http, Action<Utf8JsonWriter> write, int status = StatusCodes.Status200OK)
    {
        http.Response.StatusCode = status;
        http.Response.ContentType = "application/json";
        await using (var json = new Utf8JsonWriter(http.Response.BodyWriter, MessageWriter.Options)) { write(json); }
        await http.Response.BodyWriter.FlushAsync(http.RequestAborted);
    }

    private static string AsRouted(string segment) =>
        Uri.UnescapeDataString(segment.Replace("%2F", "%252F", StringComparison.Ordinal).Replace("%2f", "%252f", StringComparison.Ordinal));
}
