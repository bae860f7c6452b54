using System.Text.Json;
using Market.Actors.Runtime;
using Market.Node.Config;
using Market.Protocol.Values;

namespace Market.Node.Doors.Http;

/// <summary>All numbers and words a market plays by, as JSON: units last in the names, amounts of money in coins where none is said.</summary>
internal static class MarketParameters
{
    public static void Write(Utf8JsonWriter json, MarketRules rules, NodeOptions options)
    {
        json.WriteStartObject();
        Texts(json, "teams", rules.Teams);
        json.WriteNumber("shards", rules.Shards);
        json.WriteNumber("mailboxCommands", rules.MailboxCapacity);
        Price(json, rules);
        json.WriteNumber("maxOrderShares", rules.Traders.MaxOrderShares);
        json.WriteNumber("rememberedAnswers", rules.Traders.RememberedAnswers);
        json.WriteNumber("bailoutPenalty", TraderState.BailoutPenalty);
        Plantation(json, rules);
        Gibber(json, rules);
        Doors(json, options);
        json.WriteEndObject();
    }

    private static void Price(Utf8JsonWriter json, MarketRules rules)
    {
        var price = rules.Price;
        json.WriteNumber("tickMs", price.TickMs);
        json.WriteNumber("walkMu", price.Mu);
        json.WriteNumber("walkSigma", price.Sigma);
        json.WriteNumber("priceFloor", price.Floor.ToDecimal());
        json.WriteNumber("priceCeiling", price.Ceiling.ToDecimal());
        json.WriteNumber("emaFactor", price.EmaFactor);
        json.WriteNumber("burstStepMs", price.BurstStepMs);
        json.WriteNumber("burstProbabilityPerCoin", price.BurstProbabilityPerCoin);
        json.WriteStartArray("burstSteps");
        foreach (var step in price.BurstSteps) { json.WriteNumberValue(step); }
        json.WriteEndArray();
    }

    private static void Plantation(Utf8JsonWriter json, MarketRules rules)
    {
        var plantation = rules.Plantation;
        json.WriteNumber("plantationWaitMsPerCoin", plantation.WaitMsPerCoin);
        json.WriteNumber("plantationLongestWaitMs", plantation.LongestWaitMs);
        json.WriteNumber("plantationMu", plantation.Mu);
        json.WriteNumber("plantationSigma", plantation.Sigma);
        json.WriteNumber("plantationBonusScaleCoins", plantation.BonusScale.ToDecimal());
        json.WriteNumber("plantationHighestMultiplier", plantation.HighestMultiplier);
    }

    private static void Gibber(Utf8JsonWriter json, MarketRules rules)
    {
        var gibber = rules.Gibber;
        Texts(json, "gibbTerms", gibber.Terms);
        Texts(json, "gibbPositiveWords", gibber.Positive.Order(StringComparer.Ordinal));
        Texts(json, "gibbNegativeWords", gibber.Negative.Order(StringComparer.Ordinal));
        json.WriteString("gibbHashtagStem", gibber.HashtagStem);
        json.WriteNumber("gibbHashtagPoints", gibber.HashtagPoints);
        json.WriteNumber("gibbCoinsPerPoint", gibber.CoinsPerPoint.ToDecimal());
        json.WriteNumber("gibbsCountedPerMinute", gibber.MaxCountedPerMinute);
    }

    /// <summary>What the doors of this node ask of those who come through them.</summary>
    private static void Doors(Utf8JsonWriter json, NodeOptions options)
    {
        json.WriteBoolean("joinCodeNeeded", !string.IsNullOrEmpty(options.JoinCode));
        json.WriteNumber("commandsPerSecond", options.Limits.CommandsPerSecond);
        json.WriteNumber("commandsAtOnce", options.Limits.CommandBurst);
        json.WriteNumber("maxCommandsPerRequest", options.Limits.MaxCommandsPerRequest);
        json.WriteNumber("maxBytesPerRequest", options.Limits.MaxBytes);
    }

    private static void Texts(Utf8JsonWriter json, string name, IEnumerable<string> texts)
    {
        json.WriteStartArray(name);
        foreach (var text in texts) { json.WriteStringValue(text); }
        json.WriteEndArray();
    }
}
