using System.Globalization;

namespace Market.Node.Config.Hocon;

/// <summary>
/// A configuration file that cannot be read. The message says where, under which key, what is wrong and what would be
/// right: <c>cluster.hocon:12:7: market.tick: …</c>
/// </summary>
public sealed class HoconException : Exception
{
    public HoconException(HoconOrigin origin, string? keyPath, string problem)
        : base(Describe(origin, keyPath, problem))
    {
        Origin = origin;
        KeyPath = keyPath;
    }

    /// <summary>Where reading stopped.</summary>
    public HoconOrigin Origin { get; }

    /// <summary>The key being read, dotted and as written; null when the fault belongs to none.</summary>
    public string? KeyPath { get; }

    private static string Describe(HoconOrigin origin, string? keyPath, string problem)
    {
        var column = origin.Line == 0 ? "" : string.Create(CultureInfo.InvariantCulture, $":{origin.Column}");
        var key = keyPath is null ? "" : $"{keyPath}: ";
        return $"{origin}{column}: {key}{problem}";
    }
}
