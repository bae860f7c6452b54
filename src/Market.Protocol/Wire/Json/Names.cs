using System.Collections.Frozen;
using System.Text.Json;
using Market.Protocol.Messages;

namespace Market.Protocol.Wire.Json;

/// <summary>The names of fields and of statuses, encoded once.</summary>
internal static class Names
{
    public static readonly JsonEncodedText Amount = JsonEncodedText.Encode("amount");
    public static readonly JsonEncodedText Author = JsonEncodedText.Encode("author");
    public static readonly JsonEncodedText Bailouts = JsonEncodedText.Encode("bailouts");
    public static readonly JsonEncodedText Base = JsonEncodedText.Encode("base");
    public static readonly JsonEncodedText Bursting = JsonEncodedText.Encode("bursting");
    public static readonly JsonEncodedText Code = JsonEncodedText.Encode("code");
    public static readonly JsonEncodedText Coins = JsonEncodedText.Encode("coins");
    public static readonly JsonEncodedText Counted = JsonEncodedText.Encode("counted");
    public static readonly JsonEncodedText FedMonkeys = JsonEncodedText.Encode("fedMonkeys");
    public static readonly JsonEncodedText Final = JsonEncodedText.Encode("final");
    public static readonly JsonEncodedText First = JsonEncodedText.Encode("first");
    public static readonly JsonEncodedText Forecast = JsonEncodedText.Encode("forecast");
    public static readonly JsonEncodedText Hype = JsonEncodedText.Encode("hype");
    public static readonly JsonEncodedText Id = JsonEncodedText.Encode("id");
    public static readonly JsonEncodedText InFlightInvestments = JsonEncodedText.Encode("inFlightInvestments");
    public static readonly JsonEncodedText Market = JsonEncodedText.Encode("market");
    public static readonly JsonEncodedText Message = JsonEncodedText.Encode("message");
    public static readonly JsonEncodedText Name = JsonEncodedText.Encode("name");
    public static readonly JsonEncodedText Points = JsonEncodedText.Encode("points");
    public static readonly JsonEncodedText Price = JsonEncodedText.Encode("price");
    public static readonly JsonEncodedText Rank = JsonEncodedText.Encode("rank");
    public static readonly JsonEncodedText Reason = JsonEncodedText.Encode("reason");
    public static readonly JsonEncodedText RetryAfterMs = JsonEncodedText.Encode("retryAfterMs");
    public static readonly JsonEncodedText Score = JsonEncodedText.Encode("score");
    public static readonly JsonEncodedText Seq = JsonEncodedText.Encode("seq");
    public static readonly JsonEncodedText Shares = JsonEncodedText.Encode("shares");
    public static readonly JsonEncodedText Source = JsonEncodedText.Encode("source");
    public static readonly JsonEncodedText State = JsonEncodedText.Encode("state");
    public static readonly JsonEncodedText Status = JsonEncodedText.Encode("status");
    public static readonly JsonEncodedText Team = JsonEncodedText.Encode("team");
    public static readonly JsonEncodedText Teams = JsonEncodedText.Encode("teams");
    public static readonly JsonEncodedText Text = JsonEncodedText.Encode("text");
    public static readonly JsonEncodedText Time = JsonEncodedText.Encode("time");
    public static readonly JsonEncodedText Traders = JsonEncodedText.Encode("traders");
    public static readonly JsonEncodedText TxnId = JsonEncodedText.Encode("txnId");
    public static readonly JsonEncodedText Type = JsonEncodedText.Encode("type");

    private static readonly FrozenDictionary<Status, JsonEncodedText> Statuses = Enum.GetValues<Status>().ToFrozenDictionary(status => status, status => JsonEncodedText.Encode(status.Name()));

    public static JsonEncodedText Of(Status status) => Statuses[status];
}
