using System.Buffers;
using System.Text.Json;
using Market.Protocol.Values;

namespace Market.Protocol.Wire.Json;

/// <summary>Texts of strangers out of JSON.</summary>
public static class JsonTexts
{
    /// <summary>The string the reader stands on; false when its bytes are not UTF-8 or its escapes not UTF-16.</summary>
    public static bool TryRead(ref Utf8JsonReader json, out string text)
    {
        try
        {
            text = json.GetString() ?? "";
            return true;
        }
        catch (InvalidOperationException)
        {
            text = "";
            return false;
        }
    }

    /// <summary>The number the reader stands on, to the nearest micro-coin; false when it does not fit.</summary>
    public static bool TryReadCoins(ref Utf8JsonReader json, out Coins coins) =>
        CoinsText.TryRead(json.HasValueSequence ? json.ValueSequence.ToArray() : json.ValueSpan, out coins);
}
