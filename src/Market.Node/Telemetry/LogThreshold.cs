namespace Market.Node.Telemetry;

/// <summary>From which level on a node writes its log; can be moved while it runs. Any thread.</summary>
public sealed class LogThreshold
{
    private static readonly Dictionary<string, LogLevel> Names = new(StringComparer.Ordinal)
    {
        ["trace"] = LogLevel.Trace,
        ["debug"] = LogLevel.Debug,
        ["information"] = LogLevel.Information,
        ["warning"] = LogLevel.Warning,
        ["error"] = LogLevel.Error,
        ["critical"] = LogLevel.Critical,
    };

    private volatile int _level = (int)LogLevel.Information;

    public static IEnumerable<string> Levels => Names.Keys;

    /// <summary>Default: information.</summary>
    public LogLevel Level
    {
        get => (LogLevel)_level;
        set => _level = (int)value;
    }

    public bool Lets(LogLevel level) => level >= Level;

    public static string Name(LogLevel level) => Names.First(named => named.Value == level).Key;

    /// <returns>Null for what is no level.</returns>
    public static LogLevel? TryRead(string? name) => name is not null && Names.TryGetValue(name, out var level) ? level : null;
}
