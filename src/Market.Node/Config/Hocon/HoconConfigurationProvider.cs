namespace Market.Node.Config.Hocon;

/// <summary>The values of one HOCON file, read when the configuration is built and again when it is reloaded; never by itself.</summary>
public sealed class HoconConfigurationProvider(HoconConfigurationSource source) : ConfigurationProvider
{
    private Dictionary<string, HoconOrigin> _origins = new(StringComparer.OrdinalIgnoreCase);

    /// <summary>Reads the file.</summary>
    /// <exception cref="HoconException">
    /// The file is missing and not optional, cannot be read, or is not right. What was read before remains.
    /// </exception>
    public override void Load()
    {
        var entries = source.Optional && !File.Exists(source.Path)
            ? []
            : HoconDocument.Load(source.Path, source.Environment).Entries;
        _origins = entries.ToDictionary(entry => entry.KeyPath, entry => entry.Origin, StringComparer.OrdinalIgnoreCase);
        Data = entries.ToDictionary(entry => entry.KeyPath, entry => entry.Value, StringComparer.OrdinalIgnoreCase);
    }

    /// <summary>
    /// Where the value of <paramref name="key"/> was written, for messages about it; null when this file has no such value.
    /// That a later source overrides the value does not show here.
    /// </summary>
    /// <param name="key">With ':' between its parts, in any case.</param>
    public HoconOrigin? OriginOf(string key) => _origins.TryGetValue(key, out var origin) ? origin : null;

    /// <summary>For the configuration's debug view.</summary>
    public override string ToString() => $"{nameof(HoconConfigurationProvider)} for '{source.Path}'";
}
