using Market.Protocol.Values;

namespace Market.Protocol.Messages;

/// <summary>Why a gibb did not move the price. The numbers are journaled.</summary>
public enum NotCounted : byte
{
    /// <summary>It was counted.</summary>
    None = 0,

    /// <summary>Its text holds none of the market's terms.</summary>
    OffTopic = 1,

    /// <summary>Its author had as many counted gibbs in the last minute as are allowed.</summary>
    TooMany = 2,

    /// <summary>The same author said the same within the last minute.</summary>
    Repeated = 3,

    /// <summary>The market was not running.</summary>
    MarketClosed = 4,
}

/// <summary>A post on Gibber, as scored. Author and text are of strangers: text, never markup.</summary>
/// <param name="Number">1 for the market's first gibb, then one more each.</param>
/// <param name="Time">When it was scored.</param>
/// <param name="Author">1–64 characters.</param>
/// <param name="Text">1–500 characters.</param>
/// <param name="Source">Where it came from: <c>api</c>, <c>bot</c>, <c>replay</c>, …; at most 16 characters.</param>
/// <param name="Points">What its words are worth; each moves the price by 0.01 coin when counted.</param>
/// <param name="Reason">Why it was not counted.</param>
public sealed record Gibb(long Number, Timestamp Time, string Author, string Text, string Source, int Points, NotCounted Reason)
{
    public const int MaxTextLength = 500;

    public const int MaxSourceLength = 16;

    /// <summary>Whether a stranger's text may be a gibb's: 1–500 characters, valid UTF-16, no control characters but new lines and tabs.</summary>
    public static bool IsText(string? text)
    {
        if (text is not { Length: > 0 and <= MaxTextLength } || string.IsNullOrWhiteSpace(text)) { return false; }
        for (var i = 0; i < text.Length; i++)
        {
            if (char.IsControl(text[i]) && text[i] is not ('\n' or '\r' or '\t')) { return false; }
            if (!char.IsSurrogate(text[i])) { continue; }
            if (i + 1 == text.Length || !char.IsSurrogatePair(text[i], text[i + 1])) { return false; }
            i++;
        }
        return true;
    }

    public bool Counted => Reason is NotCounted.None;

    /// <summary>Unique within its market; hexadecimal, as the original's.</summary>
    public string Id => Number.ToString("x", System.Globalization.CultureInfo.InvariantCulture);
}
