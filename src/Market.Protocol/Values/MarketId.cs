namespace Market.Protocol.Values;

/// <summary>Names one market (one game around one share): 1–32 characters of <c>a-z0-9-</c>, e.g. <c>banana</c>.</summary>
public readonly record struct MarketId
{
    public const int MaxLength = 32;

    private MarketId(string value) => Value = value;

    public string Value { get; }

    public static bool TryRead(string? text, out MarketId id)
    {
        var valid = text is { Length: > 0 and <= MaxLength } && !text.AsSpan().ContainsAnyExcept(Allowed);
        id = valid ? new MarketId(text!) : default;
        return valid;
    }

    /// <exception cref="FormatException">Not a market id.</exception>
    public static MarketId Of(string text) => TryRead(text, out var id)
        ? id
        : throw new FormatException($"\"{text}\" is not a market id: 1 to {MaxLength} characters of a-z, 0-9 and '-'.");

    public override string ToString() => Value;

    private static readonly System.Buffers.SearchValues<char> Allowed = System.Buffers.SearchValues.Create("abcdefghijklmnopqrstuvwxyz0123456789-");
}
