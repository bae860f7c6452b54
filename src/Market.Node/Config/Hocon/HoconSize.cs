using System.Diagnostics.CodeAnalysis;

namespace Market.Node.Config.Hocon;

/// <summary>Numbers of bytes as HOCON writes them: a number and a unit, <c>256 KiB</c>, <c>10MB</c>, <c>1k</c>.</summary>
public static class HoconSize
{
    private static readonly string[] DecimalNames = ["kilo", "mega", "giga", "tera", "peta", "exa", "zetta", "yotta"];
    private static readonly string[] BinaryNames = ["kibi", "mebi", "gibi", "tebi", "pebi", "exbi", "zebi", "yobi"];
    private static readonly Dictionary<string, decimal> BytesPerUnit = Table();

    /// <summary>
    /// Reads <paramref name="text"/>; a bare number is bytes. <c>K</c>, <c>k</c>, <c>Ki</c>, <c>KiB</c> are 1024 and
    /// <c>kB</c>, <c>KB</c> are 1000, likewise up to <c>Y</c>. A part of a byte is dropped.
    /// </summary>
    /// <returns>False for anything else: no number, a negative one, an unknown unit, more bytes than a <see cref="long"/> counts.</returns>
    public static bool TryParse([NotNullWhen(true)] string? text, out long bytes)
    {
        bytes = 0;
        if (!Quantity.TrySplit(text, out var number, out var unit) || !BytesPerUnit.TryGetValue(unit, out var bytesPerUnit))
            return false;
        if (number < 0 || number > long.MaxValue / bytesPerUnit)
            return false;
        bytes = (long)(number * bytesPerUnit);
        return true;
    }

    private static Dictionary<string, decimal> Table()
    {
        var table = new Dictionary<string, decimal>(StringComparer.Ordinal)
        {
            [""] = 1, ["B"] = 1, ["b"] = 1, ["byte"] = 1, ["bytes"] = 1,
        };
        decimal thousands = 1, kibis = 1;
        for (var power = 0; power < DecimalNames.Length; power++)
        {
            thousands *= 1000;
            kibis *= 1024;
            var (thousand, kibi) = (DecimalNames[power], BinaryNames[power]);
            var letter = thousand[..1];
            var capital = letter.ToUpperInvariant();
            foreach (var name in (string[])[capital + "B", thousand + "byte", thousand + "bytes"])
                table[name] = thousands;
            foreach (var name in (string[])[capital, letter, capital + "i", capital + "iB", kibi + "byte", kibi + "bytes"])
                table[name] = kibis;
        }
        table["kB"] = 1000; // the one prefix the metric system writes small
        return table;
    }
}
