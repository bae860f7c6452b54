namespace Market.Node.Config.Hocon.Syntax;

/// <summary>The keys from the root to a value; <c>a."b.c"</c> is two of them.</summary>
internal sealed class KeyPath(IReadOnlyList<string> keys)
{
    public IReadOnlyList<string> Keys { get; } = keys;

    /// <summary>As one would write it in a file.</summary>
    public override string ToString() => string.Join('.', Keys.Select(Written));

    private static string Written(string key) =>
        key.Length == 0 || key.Contains('.', StringComparison.Ordinal) || key.Any(Letters.IsSpace) ? $"\"{key}\"" : key;
}
