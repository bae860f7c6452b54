using Market.Node.Config;
using Market.Node.Hosting;
using Market.Protocol.Wire.Json;

namespace Market.Node.Doors.Http;

/// <summary>What may be seen of markets.</summary>
public sealed class MarketEndpoints(MarketNode node, BoardCache boards, NodeOptions options)
{
    private const int MaxRows = 10_000;

    public Task ListAsync(HttpContext http) => http.SendJsonAsync(json =>
    {
        json.WriteStartArray();
        foreach (var market in node.Markets.Values) { MarketDescription.Write(json, market, options, node.Clock.Now); }
        json.WriteEndArray();
    });

    public async Task OneAsync(HttpContext http)
    {
        if (await node.MarketAsync(http) is { } market) { await http.SendJsonAsync(json => MarketDescription.Write(json, market, options, node.Clock.Now)); }
    }

    /// <summary>With <c>from</c>, the ticks from that number on; without, the latest.</summary>
    public async Task PricesAsync(HttpContext http)
    {
        if (await node.MarketAsync(http) is not { } market) { return; }
        if (await Queries.NumberAsync(http, "limit", 1_000, 1, MaxRows) is not { } limit) { return; }
        var latest = Math.Max(0, market.View.Summary.Price.Seq - limit + 1);
        if (await Queries.NumberAsync(http, "from", latest, 0, long.MaxValue) is not { } from) { return; }
        var ticks = market.View.PricesFrom(from, (int)limit);
        await http.SendJsonAsync(json =>
        {
            json.WriteStartArray();
            foreach (var tick in ticks) { MessageWriter.Write(json, market.Id, tick); }
            json.WriteEndArray();
        });
    }

    public async Task BoardAsync(HttpContext http)
    {
        if (await node.MarketAsync(http) is not { } market) { return; }
        if (await Queries.NumberAsync(http, "limit", 100, 0, BoardCache.MaxRows) is not { } limit) { return; }
        var board = boards.Of(market, (int)limit);
        await http.SendJsonAsync(json => MessageWriter.Write(json, board));
    }
}
