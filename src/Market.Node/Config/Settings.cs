using System.Globalization;
using Market.Node.Config.Hocon;
using Market.Protocol.Values;

namespace Market.Node.Config;

/// <summary>Something in the configuration is wrong. The message names every mistake with its file, line and key, and says what would be right.</summary>
public sealed class ConfigurationException : Exception
{
    public ConfigurationException(string message) : base(message) { }

    public ConfigurationException() { }

    public ConfigurationException(string message, Exception inner) : base(message, inner) { }
}

/// <summary>
/// Typed values out of a configuration, each with its range. Mistakes are gathered, not thrown one by one; keys that nobody asked for are
/// mistakes too, because they are most often misspelt ones.
/// </summary>
/// <param name="originOf">Where a key was written, e.g. <c>cluster.hocon:12</c>; null when it is not known.</param>
public sealed class Settings(IConfiguration configuration, Func<string, string?> originOf)
{
    private readonly HashSet<string> _asked = new(StringComparer.OrdinalIgnoreCase);
    private readonly List<string> _mistakes = [];

    public string Text(string key, string fallback) => Value(key) ?? fallback;

    public bool Flag(string key, bool fallback) => Read(key, fallback, "true or false", (string text, out bool value) => bool.TryParse(text, out value));

    public long Whole(string key, long fallback, long min, long max) => Read(
        key, fallback, $"a whole number from {min} to {max}",
        (string text, out long value) => long.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out value) && value >= min && value <= max);

    public double Number(string key, double fallback, double min, double max) => Read(
        key, fallback, string.Create(CultureInfo.InvariantCulture, $"a number from {min} to {max}"),
        (string text, out double value) => TryNumber(text, out value) && value >= min && value <= max);

    public Coins Coins(string key, Coins fallback, Coins min, Coins max) => Read(
        key, fallback, $"a number of coins from {min} to {max}",
        (string text, out Coins value) => CoinsText.TryRead(System.Text.Encoding.UTF8.GetBytes(text), out value) && value >= min && value <= max);

    /// <summary>A duration in whole milliseconds.</summary>
    public int Milliseconds(string key, int fallback, TimeSpan min, TimeSpan max) => Read(
        key, fallback, $"a duration from {min.TotalMilliseconds} ms to {max.TotalMilliseconds} ms, e.g. 500 ms or 1s",
        (string text, out int value) =>
        {
            var fits = HoconDuration.TryParse(text, out var duration) && duration >= min && duration <= max;
            value = fits ? (int)duration.TotalMilliseconds : 0;
            return fits;
        });

    /// <summary>A size in bytes.</summary>
    public int Bytes(string key, int fallback, int min, int max) => Read(
        key, fallback, $"a size from {min} to {max} bytes, e.g. 256 KiB",
        (string text, out int value) =>
        {
            var fits = HoconSize.TryParse(text, out var size) && size >= min && size <= max;
            value = fits ? (int)size : 0;
            return fits;
        });

    /// <summary>A list of texts; an empty one is a mistake.</summary>
    public IReadOnlyList<string> Texts(string key, IReadOnlyList<string> fallback)
    {
        var items = configuration.GetSection(key).GetChildren().ToList();
        foreach (var item in items) { _asked.Add(item.Path); }
        return items.Count == 0 ? fallback : [.. items.OrderBy(item => int.TryParse(item.Key, out var at) ? at : int.MaxValue).Select(item => item.Value ?? "")];
    }

    public IReadOnlyList<double> Numbers(string key, IReadOnlyList<double> fallback, double min, double max)
    {
        var texts = Texts(key, []);
        if (texts.Count == 0) { return fallback; }
        var numbers = new List<double>();
        foreach (var text in texts)
        {
            if (TryNumber(text, out var number) && number >= min && number <= max) { numbers.Add(number); }
            else { Mistake($"{key}:0", key, $"\"{text}\" is not a number from {min} to {max}"); }
        }
        return numbers;
    }

    public IEnumerable<string> Children(string key) => configuration.GetSection(key).GetChildren().Select(child => child.Key);

    public void Mistake(string key, string what) => Mistake(key, key, what);

    /// <summary>All was asked for that may be: says what was wrong, if anything was.</summary>
    /// <exception cref="ConfigurationException">At least one mistake.</exception>
    public void Check(string root)
    {
        foreach (var (key, value) in configuration.GetSection(root).AsEnumerable())
        {
            if (value is not null && !_asked.Contains(key)) { Mistake(key, "there is no such key; see cluster.hocon for all there are"); }
        }
        if (_mistakes.Count > 0) { throw new ConfigurationException(string.Join(Environment.NewLine, _mistakes)); }
    }

    /// <summary>Marks keys as known that are read in another way, or are only there for others to be made of.</summary>
    public void Know(string key)
    {
        foreach (var (known, _) in configuration.GetSection(key).AsEnumerable()) { _asked.Add(known); }
    }

    private delegate bool TryParse<T>(string text, out T value);

    private T Read<T>(string key, T fallback, string wanted, TryParse<T> parse)
    {
        if (Value(key) is not { } text) { return fallback; }
        if (parse(text, out var value)) { return value; }
        Mistake(key, $"\"{text}\" is not {wanted}");
        return fallback;
    }

    private string? Value(string key)
    {
        _asked.Add(key);
        return configuration[key];
    }

    private void Mistake(string key, string shownKey, string what)
    {
        var origin = originOf(key) is { } place ? place + ": " : "";
        _mistakes.Add($"{origin}{shownKey.Replace(':', '.')}: {what}");
    }

    private static bool TryNumber(string text, out double number) =>
        double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out number) && double.IsFinite(number);
}
