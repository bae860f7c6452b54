using System.Diagnostics.CodeAnalysis;
using System.Globalization;

namespace Market.Node.Config.Hocon;

/// <summary>The shape durations and sizes share: space, a number, space, letters naming a unit, space.</summary>
internal static class Quantity
{
    private const NumberStyles Number = NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint | NumberStyles.AllowExponent;

    /// <summary>Splits <paramref name="text"/>; <paramref name="unit"/> is empty for a bare number. False when no number is there.</summary>
    public static bool TrySplit([NotNullWhen(true)] string? text, out decimal number, out string unit)
    {
        var trimmed = text.AsSpan().Trim();
        var numberLength = trimmed.Length;
        while (numberLength > 0 && char.IsLetter(trimmed[numberLength - 1]))
            numberLength--;
        unit = trimmed[numberLength..].ToString();
        // decimal, not double: 0.1 s is 100 ms exactly, and 64 bits of bytes fit.
        return decimal.TryParse(trimmed[..numberLength].TrimEnd(), Number, CultureInfo.InvariantCulture, out number);
    }
}
