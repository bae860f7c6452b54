using System.Text.Json;
using Market.Node.Config;
using Market.Node.Hosting;
using Market.Protocol.Values;
using Market.Protocol.Wire.Json;

namespace Market.Node.Doors.Http;

/// <summary>A market as JSON: id, status, parameters, last price, counts.</summary>
internal static class MarketDescription
{
    public static void Write(Utf8JsonWriter json, RunningMarket market, NodeOptions options, Timestamp now)
    {
        var summary = market.View.Summary;
        json.WriteStartObject();
        json.WriteString("id", market.Id.Value);
        json.WriteString("status", Frames.Name(summary.Status));
        json.WriteBoolean("final", market.View.IsFinal);
        json.WriteNumber("elapsedMs", summary.ElapsedAt(now));
        json.WritePropertyName("parameters");
        MarketParameters.Write(json, market.Rules, options);
        json.WritePropertyName("price");
        MessageWriter.Write(json, market.Id, summary.Price);
        json.WriteStartObject("counts");
        json.WriteNumber("traders", summary.Traders);
        json.WriteNumber("inFlightInvestments", summary.InFlight);
        json.WriteNumber("ticks", summary.Price.Seq);
        json.WriteEndObject();
        json.WriteEndObject();
    }
}
