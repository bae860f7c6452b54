using System.Globalization;
using System.Text;

namespace Market.Node.Config.Hocon.Syntax;

/// <summary>Strings in quotes: JSON's, with escapes, on one line; and the triple-quoted, raw, over any number of lines.</summary>
internal static class QuotedText
{
    private const string Triple = "\"\"\"";
    private const string Escapes = "\"\\/bfnrt";
    private const string Escaped = "\"\\/\b\f\n\r\t";

    /// <summary>Reads the string whose first quote is next.</summary>
    public static string Read(TextCursor cursor, Trail trail) =>
        cursor.StartsWith(Triple) ? ReadTriple(cursor, trail) : ReadSingle(cursor, trail);

    private static string ReadTriple(TextCursor cursor, Trail trail)
    {
        var opened = cursor.Origin;
        cursor.Skip(Triple.Length);
        var start = cursor.Position;
        while (!cursor.StartsWith(Triple))
        {
            if (cursor.AtEnd)
                throw trail.Fail(opened, "this string is not closed; end it with \"\"\"");
            cursor.Take();
        }
        // Of four or five closing quotes the last three close; the others are text.
        cursor.TakeWhile(letter => letter == '"');
        return cursor.Since(start)[..^Triple.Length];
    }

    private static string ReadSingle(TextCursor cursor, Trail trail)
    {
        var opened = cursor.Origin;
        var value = new StringBuilder();
        cursor.Take();
        while (cursor.Current != '"')
        {
            if (cursor.AtEnd || cursor.Current is '\n' or '\r')
                throw trail.Fail(opened, "this string is not closed; end it with \" on the same line, or use \"\"\" for several lines");
            if (cursor.Current < ' ')
                throw trail.Fail(cursor.Origin, $"{Letters.Show(cursor.Current)} may not stand in a quoted string; write it as an escape, e.g. \\t");
            value.Append(cursor.Current == '\\' ? ReadEscape(cursor, trail) : cursor.Take());
        }
        cursor.Take();
        return value.ToString();
    }

    private static char ReadEscape(TextCursor cursor, Trail trail)
    {
        var origin = cursor.Origin;
        cursor.Take();
        var name = cursor.Current;
        var index = Escapes.IndexOf(name, StringComparison.Ordinal);
        if (index < 0 && name != 'u')
            throw trail.Fail(origin, "this escape is unknown; JSON has \\\" \\\\ \\/ \\b \\f \\n \\r \\t and \\u with four hexadecimal digits");
        cursor.Take();
        return index >= 0 ? Escaped[index] : ReadCode(cursor, trail, origin);
    }

    private static char ReadCode(TextCursor cursor, Trail trail, HoconOrigin origin)
    {
        var start = cursor.Position;
        while (cursor.Position < start + 4)
        {
            if (!char.IsAsciiHexDigit(cursor.Current))
                throw trail.Fail(origin, "\\u takes four hexadecimal digits, e.g. \\u00e9");
            cursor.Take();
        }
        return (char)ushort.Parse(cursor.Since(start), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture);
    }
}
