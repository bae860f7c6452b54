using System.Text.Json;

namespace Market.Crash;

/// <summary>A command and the first answer its client got to it.</summary>
/// <param name="Status">Of the first answer, also when it came as that of a duplicate.</param>
/// <param name="State">The trader after it, as JSON.</param>
internal sealed record Told(string TxnId, string Json, string Type, string Status, decimal Price, string State)
{
    public static Told Of(string txnId, string json, JsonElement result)
    {
        var status = result.GetProperty("status").GetString()!;
        var first = status == "DUPLICATE" ? result.GetProperty("first").GetString()! : status;
        var price = result.TryGetProperty("price", out var said) ? said.GetDecimal() : 0;
        return new Told(txnId, json, result.GetProperty("type").GetString()!, first, price, result.TryGetProperty("state", out var state) ? state.GetRawText() : "");
    }

    /// <summary>A line of the file that <c>monkonomy verify --told</c> reads.</summary>
    public string Line(string trader) =>
        $$"""{"market":"banana","team":"BONOBO","name":"{{trader}}","txnId":"{{TxnId}}","type":"{{Type}}","status":"{{Status}}","state":{{(State.Length > 0 ? State : "null")}}}""";
}
