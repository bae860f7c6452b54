using System.Globalization;

namespace Market.Node.Cli.Screen;

/// <summary>Numbers as they read the same everywhere.</summary>
public static class Numbers
{
    /// <summary>At least two decimals, at most six.</summary>
    public static string Coins(decimal coins) => coins.ToString("0.00####", CultureInfo.InvariantCulture);

    /// <summary>With its sign, zero with none.</summary>
    public static string Change(decimal change) => change.ToString("+0.00####;-0.00####;0.00", CultureInfo.InvariantCulture);

    public static string Whole(long number) => number.ToString(CultureInfo.InvariantCulture);

    /// <summary>With its sign, zero with none.</summary>
    public static string Points(long points) => points.ToString("+0;-0;0", CultureInfo.InvariantCulture);

    /// <summary>The time of day in UTC.</summary>
    public static string Clock(DateTimeOffset? time) => time?.UtcDateTime.ToString("HH:mm:ss.fff'Z'", CultureInfo.InvariantCulture) ?? "--:--:--.----";

    /// <summary>ISO-8601, to the second.</summary>
    public static string Moment(DateTimeOffset? time) => time?.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture) ?? "?";
}
