using Market.Node.Hosting;

namespace Market.Node.Doors.Http;

/// <summary>Whether the process lives, and whether it can promise anything.</summary>
public sealed class HealthEndpoints(MarketNode node)
{
    public Task LiveAsync(HttpContext http) => SendAsync(http, "live", []);

    public Task ReadyAsync(HttpContext http)
    {
        var reasons = node.Engine.Stopped.Select(stopped => $"shard {stopped.Key}: {stopped.Value}").ToList();
        if (node.Engine.Down is { } down) { reasons.Add($"journal: {down}"); }
        return SendAsync(http, reasons.Count == 0 ? "ready" : "degraded", reasons);
    }

    private static Task SendAsync(HttpContext http, string status, List<string> reasons) => http.SendJsonAsync(
        json =>
        {
            json.WriteStartObject();
            json.WriteString("status", status);
            json.WriteStartArray("reasons");
            foreach (var reason in reasons) { json.WriteStringValue(reason); }
            json.WriteEndArray();
            json.WriteEndObject();
        },
        reasons.Count == 0 ? StatusCodes.Status200OK : StatusCodes.Status503ServiceUnavailable);
}
