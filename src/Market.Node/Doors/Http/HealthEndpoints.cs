using Market.Node.Hosting;

namespace Market.Node.Doors.Http;

/// <summary>Whether the process lives, and whether it can promise anything.</summary>
public sealed class HealthEndpoints(MarketNode node)
{
    public Task LiveAsync(HttpContext http) => SendAsync(http, "live", [], isReady: true);

    /// <summary>
    /// 503 while this node's doors can promise nothing for some shard. What else is wrong makes it degraded and no more: in a cluster other nodes serve the
    /// shards that this one cannot, and it need not be taken away for that.
    /// </summary>
    public Task ReadyAsync(HttpContext http)
    {
        var reasons = node.Engine.Stopped.Select(stopped => $"shard {stopped.Key}: {stopped.Value}").ToList();
        if (node.Engine.Down is { } down) { reasons.Add($"journal: {down}"); }
        if (node.Cluster is null) { return SendAsync(http, reasons.Count == 0 ? "ready" : "degraded", reasons, isReady: reasons.Count == 0); }
        var cannot = node.Cluster.CannotPromise;
        if (cannot is not null) { reasons.Add($"cluster: {cannot}"); }
        return SendAsync(http, reasons.Count == 0 ? "ready" : "degraded", reasons, isReady: cannot is null);
    }

    private static Task SendAsync(HttpContext http, string status, List<string> reasons, bool isReady) => http.SendJsonAsync(
        json =>
        {
            json.WriteStartObject();
            json.WriteString("status", status);
            json.WriteStartArray("reasons");
            foreach (var reason in reasons) { json.WriteStringValue(reason); }
            json.WriteEndArray();
            json.WriteEndObject();
        },
        isReady ? StatusCodes.Status200OK : StatusCodes.Status503ServiceUnavailable);
}
