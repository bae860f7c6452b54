using System.Globalization;

namespace Market.Protocol.Values;

/// <summary>A moment in UTC, in whole milliseconds since 1970-01-01T00:00:00Z.</summary>
/// <param name="UnixMs">Milliseconds; years 0001 to 9999 can be written as text.</param>
public readonly record struct Timestamp(long UnixMs) : IComparable<Timestamp>
{
    /// <summary>Length of the text form: <c>2018-03-20T18:34:56.789Z</c>.</summary>
    public const int TextLength = 24;

    private const int DateLength = 10;
    private const int TickDigits = 7;
    private const int MsDigits = 3;
    private const long MinUnixMs = -62_135_596_800_000;
    private const long MaxUnixMs = 253_402_300_799_999;

    public static Timestamp Of(DateTimeOffset moment) => new(moment.ToUnixTimeMilliseconds());

    public DateTimeOffset ToDateTimeOffset() => DateTimeOffset.FromUnixTimeMilliseconds(Math.Clamp(UnixMs, MinUnixMs, MaxUnixMs));

    public Timestamp Plus(long ms) => new(checked(UnixMs + ms));

    /// <summary>Milliseconds from <paramref name="earlier"/> to this; negative when it is later.</summary>
    public long MsSince(Timestamp earlier) => UnixMs - earlier.UnixMs;

    /// <summary>ISO-8601: a date, with or without a time; offset or <c>Z</c>, UTC without; any fraction of a second (cut to milliseconds).</summary>
    public static bool TryRead(string text, out Timestamp timestamp)
    {
        timestamp = default;
        if (!BeginsWithDate(text)) { return false; }
        var read = DateTimeOffset.TryParse(WithoutFinerThanTicks(text), CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var moment);
        timestamp = read ? Of(moment) : default;
        return read;
    }

    /// <summary>Writes exactly <see cref="TextLength"/> bytes: ISO-8601, three decimals, <c>Z</c>.</summary>
    public int Write(Span<byte> utf8)
    {
        Span<byte> inTicks = stackalloc byte[TextLength + TickDigits - MsDigits]; // a standard form is four times as quick as one of our own
        ToDateTimeOffset().UtcDateTime.TryFormat(inTicks, out _, "O", CultureInfo.InvariantCulture);
        inTicks[..(TextLength - 1)].CopyTo(utf8);
        utf8[TextLength - 1] = (byte)'Z';
        return TextLength;
    }

    /// <summary>What the framework reads without a date would be of the day it is read on.</summary>
    private static bool BeginsWithDate(string text) =>
        text.Length >= DateLength && char.IsAsciiDigit(text[0]) && text[4] == '-' && text[7] == '-'
        && (text.Length == DateLength || text[DateLength] is 'T' or 't' or ' ');

    /// <summary>The framework rounds what is finer than its ticks; we cut.</summary>
    private static string WithoutFinerThanTicks(string text)
    {
        var fraction = text.AsSpan().IndexOfAny('.', ',') + 1;
        if (fraction == 0) { return text; }
        var end = fraction;
        while (end < text.Length && char.IsAsciiDigit(text[end])) { end++; }
        return end - fraction > TickDigits ? text.Remove(fraction + TickDigits, end - fraction - TickDigits) : text;
    }

    public int CompareTo(Timestamp other) => UnixMs.CompareTo(other.UnixMs);

    public static bool operator <(Timestamp left, Timestamp right) => left.UnixMs < right.UnixMs;

    public static bool operator >(Timestamp left, Timestamp right) => left.UnixMs > right.UnixMs;

    public static bool operator <=(Timestamp left, Timestamp right) => left.UnixMs <= right.UnixMs;

    public static bool operator >=(Timestamp left, Timestamp right) => left.UnixMs >= right.UnixMs;

    public override string ToString() => ToDateTimeOffset().ToString("yyyy-MM-dd'T'HH:mm:ss.fff'Z'", CultureInfo.InvariantCulture);
}
