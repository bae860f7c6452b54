using System.Globalization;

namespace Market.Node.Cli.Given;

/// <summary>A span of time as people type it: <c>500ms</c>, <c>1s</c>, <c>1.5m</c>, <c>2h</c>.</summary>
public static class Duration
{
    /// <summary>Longest taken: a day.</summary>
    public static readonly TimeSpan Max = TimeSpan.FromDays(1);

    private static readonly (string Unit, double Ms)[] Units = [("ms", 1), ("s", 1_000), ("m", 60_000), ("h", 3_600_000)];

    /// <returns>False for what is no duration, is not above 0, or is longer than <see cref="Max"/>.</returns>
    public static bool TryRead(string text, out TimeSpan duration)
    {
        duration = default;
        foreach (var (unit, ms) in Units)
        {
            if (!text.EndsWith(unit, StringComparison.OrdinalIgnoreCase)) { continue; }
            var read = double.TryParse(text.AsSpan(0, text.Length - unit.Length), NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var count);
            if (!read) { continue; }
            var total = count * ms;
            if (total < 1 || total > Max.TotalMilliseconds) { return false; }
            duration = TimeSpan.FromMilliseconds(total);
            return true;
        }
        return false;
    }
}
