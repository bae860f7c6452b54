using System.Text.Json;
using Market.Actors.Runtime;
using Market.Node.Hosting;
using Market.Protocol.Wire.Json;

namespace Market.Node.Doors.Http;

/// <summary>A market as JSON: id, status, parameters, last price, counts.</summary>
internal static class MarketDescription
{
    public static void Write(Utf8JsonWriter json, RunningMarket market)
    {
        var summary = market.View.Summary;
        json.WriteStartObject();
        json.WriteString("id", market.Id.Value);
        json.WriteString("status", Frames.Name(summary.Status));
        json.WriteBoolean("final", market.View.IsFinal);
        json.WriteNumber("elapsedMs", summary.ElapsedMs);
        json.WritePropertyName("parameters");
        WriteParameters(json, market.Rules);
        json.WritePropertyName("price");
        MessageWriter.Write(json, market.Id, summary.Price);
        json.WriteStartObject("counts");
        json.WriteNumber("traders", summary.Traders);
        json.WriteNumber("inFlightInvestments", summary.InFlight);
        json.WriteNumber("ticks", summary.Price.Seq);
        json.WriteEndObject();
        json.WriteEndObject();
    }

    private static void WriteParameters(Utf8JsonWriter json, MarketRules rules)
    {
        json.WriteStartObject();
        json.WriteStartArray("teams");
        foreach (var team in rules.Teams) { json.WriteStringValue(team); }
        json.WriteEndArray();
        json.WriteNumber("shards", rules.Shards);
        json.WriteNumber("tickMs", rules.Price.TickMs);
        json.WriteNumber("walkMu", rules.Price.Mu);
        json.WriteNumber("walkSigma", rules.Price.Sigma);
        json.WriteNumber("priceFloor", rules.Price.Floor.ToDecimal());
        json.WriteNumber("emaFactor", rules.Price.EmaFactor);
        json.WriteNumber("burstStepMs", rules.Price.BurstStepMs);
        json.WriteNumber("burstProbabilityPerCoin", rules.Price.BurstProbabilityPerCoin);
        json.WriteNumber("maxOrderShares", rules.Traders.MaxOrderShares);
        json.WriteNumber("rememberedAnswers", rules.Traders.RememberedAnswers);
        json.WriteNumber("plantationWaitMsPerCoin", rules.Plantation.WaitMsPerCoin);
        json.WriteNumber("plantationLongestWaitMs", rules.Plantation.LongestWaitMs);
        json.WriteNumber("plantationHighestMultiplier", rules.Plantation.HighestMultiplier);
        json.WriteNumber("gibbCoinsPerPoint", rules.Gibber.CoinsPerPoint.ToDecimal());
        json.WriteNumber("gibbsCountedPerMinute", rules.Gibber.MaxCountedPerMinute);
        json.WriteEndObject();
    }
}
