using System.Globalization;

namespace Market.Protocol.Values;

/// <summary>
/// Names one trader within a market, as <c>TEAM/name</c>. Immutable; keeps its hash, because every command looks its trader up.
/// </summary>
public sealed class TraderKey : IEquatable<TraderKey>
{
    /// <summary>Longest name and longest team, in UTF-16 code units.</summary>
    public const int MaxLength = 64;

    /// <summary>Names of teams lately used: a few, and a million keys need not each keep their own. Which of two equal ones is kept matters to nobody.</summary>
    private static readonly string?[] Teams = new string?[256];

    public TraderKey(string team, string name)
    {
        var hash = StableHash.Hash64(team);
        Team = Shared(team, hash);
        Name = name;
        Hash = StableHash.Hash64(name, hash);
    }

    public string Team { get; }

    public string Name { get; }

    /// <summary>The same on every machine and in every version; picks the trader's shard.</summary>
    public ulong Hash { get; }

    /// <summary>Whether a text may be a trader's name or a gibb's author: 1–64 characters, no control characters, valid UTF-16, not only white space.</summary>
    public static bool IsName(string? text)
    {
        if (text is not { Length: > 0 and <= MaxLength } || string.IsNullOrWhiteSpace(text)) { return false; }
        for (var i = 0; i < text.Length; i++)
        {
            if (char.IsControl(text[i])) { return false; }
            if (!char.IsSurrogate(text[i])) { continue; }
            if (i + 1 == text.Length || !char.IsSurrogatePair(text[i], text[i + 1])) { return false; }
            i++;
        }
        return true;
    }

    /// <summary>Reads <c>TEAM/name</c>; the name may hold further slashes.</summary>
    public static bool TryRead(string text, out TraderKey key)
    {
        var slash = text.IndexOf('/', StringComparison.Ordinal);
        var valid = slash > 0 && IsName(text[..slash]) && IsName(text[(slash + 1)..]);
        key = valid ? new TraderKey(text[..slash], text[(slash + 1)..]) : None;
        return valid;
    }

    private static string Shared(string team, ulong hash)
    {
        ref var kept = ref Teams[hash % (uint)Teams.Length];
        if (kept is { } known && known == team) { return known; }
        kept = team;
        return team;
    }

    public bool Equals(TraderKey? other) =>
        ReferenceEquals(this, other) || (other is not null && Hash == other.Hash && Name == other.Name && Team == other.Team);

    public override bool Equals(object? obj) => Equals(obj as TraderKey);

    public override int GetHashCode() => (int)Hash;

    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{Team}/{Name}");

    private static readonly TraderKey None = new("", "");
}
