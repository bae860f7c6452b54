using System.Text;

namespace Market.Node.Tests.Hostile;

/// <summary>Bodies and frames that are almost, or not at all, what a door wants to read.</summary>
internal static class HostileJson
{
    /// <summary>Fields of what is right for each address; one of them is then made wrong.</summary>
    private static readonly Dictionary<string, (string Name, string Value)[]> Right = new()
    {
        ["commands"] = [("txnId", "\"h1\""), ("type", "\"BUY\""), ("shares", "1"), ("invested", "1.5"), ("monkeys", "1"), ("time", "\"2026-01-31T12:00:00.000Z\"")],
        ["traders"] = [("team", "\"BONOBO\""), ("name", "\"hostile\""), ("code", "\"x\"")],
        ["gibbs"] = [("author", "\"hostile\""), ("text", "\"bananas are great\"")],
        ["hello"] = [("team", "\"BONOBO\""), ("name", "\"hostile\""), ("token", "\"x\""), ("subscribe", "[\"price\",\"result\"]")],
    };

    /// <summary>Values that have no business in any field.</summary>
    private static readonly string[] Junk =
    [
        "null", "true", "false", "[]", "{}", "[[]]", "{\"a\":{\"b\":[1]}}", "\"\"", "\" \"", "0", "-1", "-0", "1.5", "1e0", "1E400", "1e-400", "-1e308", "1e99999999999",
        "9223372036854775807", "9223372036854775808", "-9223372036854775808", "18446744073709551616", "0.0000001", "0.0000009999", "9007199254740993",
        "123456789012345678901234567890123456789012345678901234567890", "NaN", "Infinity", "-Infinity", "01", "+1", ".5", "1.", "0x10", "1_000",
        "\"\\ud800\"", "\"\\udc00\\ud800\"", "\"a\\ud83d\"", "\"\\u0000\"", "\"a\\u0000b\"", "\"\\u202egnp.exe\"", "\"\\ufeff\"", "\"\\uffff\"", "\"\\x41\"", "\"\\u12\"",
        "\"\u0001\"", "\"\n\"", "\"<script>alert(1)</script>\"", "\"'; DROP TABLE events; --\"", "\"../../../etc/passwd\"", "\"%00\"", "\"BUY\\u0000\"", "\"\\u0042UY\"",
        "\"0000-00-00T00:00:00Z\"", "\"9999-12-31T23:59:60.999999999Z\"", "\"2026-01-31T12:00:00+99:99\"", "undefined", "'x'", "\"unended", "{\"a\":1", "[1,", "nul", "tru",
    ];

    private static readonly string[] Keys =
    [
        "extra", "", "\\u0000", "\\ud800", "\\udfff\\ud800", "TXNID", "txnid", "__proto__", "$type", "$id", "$ref", "\\u0074xnId", "txnI\\ud800", "na\\ud800", "sub\\udc00scribe", "typ\\u0065", "a\u0001",
    ];

    public static byte[] Draw(Dice dice, string kind) => dice.Below(18) switch
    {
        0 or 1 or 2 => Text(Object(dice, kind, fields => fields[dice.Below(fields.Count)] = (dice.Of(fields).Name, dice.Of(Junk)))),
        3 => Text(Object(dice, kind, fields => fields.Add((dice.Of(Keys), dice.Of(Junk))))),
        4 => Text(Object(dice, kind, fields => fields.Insert(0, (dice.Of(Keys), dice.Of(Junk))))),
        5 => Text(Object(dice, kind, fields => fields.Add((dice.Of(fields).Name, dice.Of(Junk))))),
        6 => Text(Object(dice, kind, fields => fields.RemoveAt(dice.Below(fields.Count)))),
        7 => Truncated(dice, kind),
        8 or 9 => Battered(dice, kind),
        10 => Text(Nested(dice, kind)),
        11 => Text(Strung(dice, kind)),
        12 => Text(dice.Of(Junk)),
        13 => Text($"{Object(dice, kind)}{dice.Of([",", "}", "{}", "\0", " x", "]", "//c", "/**/"])}"),
        14 => [.. dice.Of<byte[]>([[0xEF, 0xBB, 0xBF], [0xFF, 0xFE], [0xFE, 0xFF], [0], [0xC0, 0x80], [0xED, 0xA0, 0x80]]), .. Text(Object(dice, kind))],
        15 => dice.Bytes(dice.Below(200)),
        16 => Text(Huge(dice, kind)),
        _ => [],
    };

    private static string Object(Dice dice, string kind, Action<List<(string Name, string Value)>>? spoil = null)
    {
        var fields = Right[kind].ToList();
        if (kind is "commands" or "hello") { fields[1] = (fields[1].Name, dice.Of(["\"BUY\"", "\"SELL\"", "\"INVEST\"", "\"FEED\"", "\"hostile\""])); }
        spoil?.Invoke(fields);
        var inner = $"{{{string.Join(',', fields.Select(field => $"\"{field.Name}\":{field.Value}"))}}}";
        return kind is "hello" ? $"{{\"hello\":{inner}}}" : inner;
    }

    private static byte[] Truncated(Dice dice, string kind)
    {
        var whole = Text(Object(dice, kind));
        return whole[..dice.Below(whole.Length)];
    }

    /// <summary>Some bytes are others: often no UTF-8 any more.</summary>
    private static byte[] Battered(Dice dice, string kind)
    {
        var bytes = Text(Object(dice, kind));
        for (var blows = 1 + dice.Below(4); blows > 0; blows--) { bytes[dice.Below(bytes.Length)] = (byte)dice.Next(); }
        return bytes;
    }

    private static string Nested(Dice dice, string kind)
    {
        var deep = dice.Of([15, 16, 17, 64, 10_000]);
        var brackets = dice.Below(3) switch
        {
            0 => new string('[', deep),
            1 => new string('[', deep) + new string(']', deep),
            _ => string.Concat(Enumerable.Repeat("{\"a\":", deep)) + "1" + new string('}', deep),
        };
        return dice.OneIn(2) ? brackets : Object(dice, kind, fields => fields[dice.Below(fields.Count)] = ("deep", brackets));
    }

    /// <summary>An array of what is none, of some that are right, and now and then of too many.</summary>
    private static string Strung(Dice dice, string kind)
    {
        var many = dice.OneIn(20) ? 1_001 : dice.Below(12);
        return $"[{string.Join(',', Enumerable.Range(0, many).Select(_ => many > 1_000 || dice.OneIn(2) ? dice.Of(Junk[..20]) : Object(dice, kind)))}{dice.Of(["]", "", ",]", "]]"])}";
    }

    private static string Huge(Dice dice, string kind)
    {
        var length = dice.OneIn(10) ? 300_000 : dice.Of([65, 129, 501, 5_000, 20_000]);
        var text = dice.Below(3) switch { 0 => new string('9', length), 1 => $"\"{new string('x', length)}\"", _ => $"1{new string('0', length)}e-{length}" };
        return Object(dice, kind, fields => fields[dice.Below(fields.Count)] = (dice.Of(fields).Name, text));
    }

    private static byte[] Text(string text) => Encoding.UTF8.GetBytes(text);
}
