using System.Diagnostics.CodeAnalysis;

namespace Market.Node.Config.Hocon;

/// <summary>Lengths of time as HOCON writes them: a number and a unit, <c>1s</c>, <c>500 ms</c>, <c>1.5 h</c>.</summary>
public static class HoconDuration
{
    /// <summary>Ticks of 100 ns in one unit. Case matters: HOCON's time units are lower case only.</summary>
    private static readonly Dictionary<string, decimal> TicksPerUnit = Table(
        (0.01m, ["ns", "nano", "nanos", "nanosecond", "nanoseconds"]),
        (TimeSpan.TicksPerMicrosecond, ["us", "micro", "micros", "microsecond", "microseconds"]),
        (TimeSpan.TicksPerMillisecond, ["", "ms", "milli", "millis", "millisecond", "milliseconds"]),
        (TimeSpan.TicksPerSecond, ["s", "second", "seconds"]),
        (TimeSpan.TicksPerMinute, ["m", "minute", "minutes"]),
        (TimeSpan.TicksPerHour, ["h", "hour", "hours"]),
        (TimeSpan.TicksPerDay, ["d", "day", "days"]));

    /// <summary>
    /// Reads <paramref name="text"/>; a bare number is milliseconds. The result is the nearest 100 ns, the resolution of
    /// <see cref="TimeSpan"/>, so anything under 50 ns is zero. A negative number gives a negative duration.
    /// </summary>
    /// <returns>False for anything else: no number, an unknown unit, a length that <see cref="TimeSpan"/> cannot hold.</returns>
    public static bool TryParse([NotNullWhen(true)] string? text, out TimeSpan duration)
    {
        duration = default;
        if (!Quantity.TrySplit(text, out var number, out var unit) || !TicksPerUnit.TryGetValue(unit, out var ticksPerUnit))
            return false;
        if (Math.Abs(number) > long.MaxValue / ticksPerUnit)
            return false;
        duration = TimeSpan.FromTicks((long)Math.Round(number * ticksPerUnit, MidpointRounding.AwayFromZero));
        return true;
    }

    private static Dictionary<string, decimal> Table(params (decimal Ticks, string[] Names)[] units) =>
        units.SelectMany(unit => unit.Names, (unit, name) => (name, unit.Ticks))
            .ToDictionary(pair => pair.name, pair => pair.Ticks, StringComparer.Ordinal);
}
