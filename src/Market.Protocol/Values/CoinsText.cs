using System.Globalization;
using System.Text;

namespace Market.Protocol.Values;

/// <summary>Coins as decimal text, both ways, without passing through floating point.</summary>
public static class CoinsText
{
    /// <summary>Longest text of an amount: sign, 13 digits, point, 6 digits.</summary>
    public const int MaxLength = 21;

    /// <summary>Digits of a fraction and of an exponent beyond which a text is noise, not an amount.</summary>
    private const int MaxExponent = 400;

    /// <summary>Micro-coins of the largest amount that fits, of the negative ones, which reach one further.</summary>
    private static readonly Int128 MaxMagnitude = -(Int128)long.MinValue;

    /// <summary>
    /// Reads a JSON number (RFC 8259 §6), UTF-8, as the nearest micro-coin, ties to even, however many digits it has.
    /// </summary>
    /// <returns>False when the text is no JSON number or its value does not fit.</returns>
    public static bool TryRead(ReadOnlySpan<byte> json, out Coins coins)
    {
        coins = default;
        var negative = json.Length > 0 && json[0] == (byte)'-';
        var text = new Digits(json[(negative ? 1 : 0)..]);
        if (!text.TryRead(out var magnitude)) { return false; }
        var micro = negative ? -magnitude : magnitude;
        coins = new Coins((long)micro);
        return micro == coins.Micro;
    }

    /// <summary>Writes the shortest text into <paramref name="utf8"/> (at least <see cref="MaxLength"/> long) and says how long it is.</summary>
    public static int Write(Coins coins, Span<byte> utf8)
    {
        var written = 0;
        var magnitude = coins.Micro < 0 ? (ulong)-(coins.Micro + 1) + 1 : (ulong)coins.Micro;
        if (coins.Micro < 0) { utf8[written++] = (byte)'-'; }
        (magnitude / Coins.MicroPerCoin).TryFormat(utf8[written..], out var length, provider: CultureInfo.InvariantCulture);
        written += length;
        var fraction = (uint)(magnitude % Coins.MicroPerCoin);
        if (fraction == 0) { return written; }
        utf8[written++] = (byte)'.';
        for (var place = 100_000u; fraction > 0; place /= 10)
        {
            utf8[written++] = (byte)('0' + (fraction / place));
            fraction %= place;
        }
        return written;
    }

    public static string Write(Coins coins)
    {
        Span<byte> utf8 = stackalloc byte[MaxLength];
        return Encoding.ASCII.GetString(utf8[..Write(coins, utf8)]);
    }

    /// <summary>The digits of an unsigned JSON number, rounded to six places as they pass by.</summary>
    private ref struct Digits(ReadOnlySpan<byte> text)
    {
        private readonly ReadOnlySpan<byte> _text = text;

        public readonly bool TryRead(out Int128 micro)
        {
            micro = 0;
            var whole = CountDigits(_text, 0);
            if (whole == 0 || (whole > 1 && _text[0] == '0')) { return false; }
            var at = whole;
            var fraction = 0;
            if (at < _text.Length && _text[at] == '.')
            {
                fraction = CountDigits(_text, at + 1);
                if (fraction == 0) { return false; }
                at += 1 + fraction;
            }
            return TryReadExponent(at, out var exponent) && TryRound(whole, fraction, exponent, out micro);
        }

        private readonly bool TryReadExponent(int at, out int exponent)
        {
            exponent = 0;
            if (at == _text.Length) { return true; }
            if ((_text[at] | 0x20) != 'e') { return false; }
            at++;
            var sign = 1;
            if (at < _text.Length && _text[at] is (byte)'-' or (byte)'+') { sign = _text[at++] == '-' ? -1 : 1; }
            var count = CountDigits(_text, at);
            if (count == 0 || at + count != _text.Length) { return false; }
            foreach (var digit in _text[at..])
            {
                exponent = Math.Min((exponent * 10) + digit - '0', MaxExponent * 1000);
            }
            exponent *= sign;
            return true;
        }

        /// <summary>Keeps the digits down to 10⁻⁶, then rounds by the first one dropped and whether anything follows it.</summary>
        private readonly bool TryRound(int whole, int fraction, int exponent, out Int128 micro)
        {
            micro = 0;
            var kept = (long)whole + exponent + 6; // digits, from the first, that stand at 10⁻⁶ or above
            Int128 value = 0;
            var total = whole + fraction;
            for (var i = 0; i < Math.Min(total, kept); i++)
            {
                value = (value * 10) + Digit(i, whole);
                if (value > MaxMagnitude) { return false; }
            }
            for (long i = total; i < kept && value > 0; i++)
            {
                value *= 10;
                if (value > MaxMagnitude) { return false; }
            }
            if (kept >= 0 && kept < total)
            {
                var dropped = Digit((int)kept, whole);
                var more = AnyAfter((int)kept + 1, total, whole);
                if (dropped > 5 || (dropped == 5 && (more || value % 2 == 1))) { value++; }
            }
            micro = value;
            return value <= MaxMagnitude;
        }

        private readonly int Digit(int index, int whole) => _text[index < whole ? index : index + 1] - '0';

        private readonly bool AnyAfter(int first, int total, int whole)
        {
            for (var i = first; i < total; i++)
            {
                if (Digit(i, whole) != 0) { return true; }
            }
            return false;
        }

        private static int CountDigits(ReadOnlySpan<byte> text, int start)
        {
            var at = start;
            while (at < text.Length && text[at] is >= (byte)'0' and <= (byte)'9') { at++; }
            return at - start;
        }
    }
}
