using System.Text.Json;

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
}
