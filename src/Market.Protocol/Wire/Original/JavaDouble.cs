using System.Globalization;

namespace Market.Protocol.Wire.Original;

/// <summary>Doubles in the text form of Java: always with a fraction, plain from 0.001 up to 10,000,000, else as <c>d.dddE±n</c>.</summary>
public static class JavaDouble
{
    /// <summary>No double is longer.</summary>
    public const int MaxLength = 32;

    private const double FirstPlain = 1e-3;
    private const double FirstTooLarge = 1e7;

    /// <summary>Writes a finite number.</summary>
    /// <returns>Bytes written.</returns>
    public static int Write(double value, Span<byte> utf8)
    {
        var size = Math.Abs(value);
        value.TryFormat(utf8, out var length, default, CultureInfo.InvariantCulture); // the shortest digits that read back
        if (value == 0 || (size >= FirstPlain && size < FirstTooLarge)) { return WithFraction(utf8, length); }
        if (double.Parse(utf8[..length], CultureInfo.InvariantCulture) != value)
        {
            value.TryFormat(utf8, out length, "E16", CultureInfo.InvariantCulture); // .NET leaves out a digit too many of some powers of two
        }
        return Scientific(utf8, length);
    }

    private static int WithFraction(Span<byte> utf8, int length)
    {
        if (utf8[..length].Contains((byte)'.')) { return length; }
        ".0"u8.CopyTo(utf8[length..]);
        return length + 2;
    }

    /// <summary>From <c>-12345678.9</c>, <c>0.00012</c> or <c>1.2E-05</c> to one digit before the point and the power of ten after it.</summary>
    private static int Scientific(Span<byte> utf8, int length)
    {
        Span<byte> digits = stackalloc byte[MaxLength];
        var (count, power, point, isNegative) = (0, 0, false, utf8[0] == '-');
        for (var at = isNegative ? 1 : 0; at < length; at++)
        {
            if (utf8[at] == 'E')
            {
                power += int.Parse(utf8[(at + 1)..length], NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture);
                break;
            }
            if (utf8[at] == '.') { point = true; }
            else
            {
                if (count > 0 || utf8[at] != '0') { digits[count++] = utf8[at]; }
                if (point) { power--; }
            }
        }
        power += count - 1;
        count = Math.Max(1, digits[..count].TrimEnd((byte)'0').Length);
        return Compose(isNegative, digits[..count], power, utf8);
    }

    private static int Compose(bool isNegative, ReadOnlySpan<byte> digits, int power, Span<byte> utf8)
    {
        var at = 0;
        if (isNegative) { utf8[at++] = (byte)'-'; }
        utf8[at++] = digits[0];
        utf8[at++] = (byte)'.';
        if (digits.Length == 1) { utf8[at++] = (byte)'0'; }
        digits[1..].CopyTo(utf8[at..]);
        at += digits.Length - 1;
        utf8[at++] = (byte)'E';
        power.TryFormat(utf8[at..], out var written, default, CultureInfo.InvariantCulture);
        return at + written;
    }
}
