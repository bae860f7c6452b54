using System.Globalization;

namespace Market.Node.Config.Hocon.Syntax;

/// <summary>The classes of characters that HOCON's specification names.</summary>
internal static class Letters
{
    private const string Reserved = "$\"{}[]:=,+#`^?!@*&\\";

    /// <summary>White space that may stand between two values of one line. The newline is no such space: it ends a field.</summary>
    public static bool IsSpace(char letter) => letter switch
    {
        '\n' => false,
        '\t' or '\v' or '\f' or '\r' or (>= '\x1C' and <= '\x1F') or '\uFEFF' => true,
        _ => char.IsSeparator(letter),
    };

    /// <summary>Has a meaning of its own, now or in a later HOCON, and so may not stand in an unquoted string.</summary>
    public static bool IsReserved(char letter) => Reserved.Contains(letter, StringComparison.Ordinal);

    /// <summary>For messages: a character that can be seen, or its code.</summary>
    public static string Show(char letter) => char.IsControl(letter) || char.IsSurrogate(letter) || IsSpace(letter)
        ? string.Create(CultureInfo.InvariantCulture, $"U+{(int)letter:X4}")
        : $"'{letter}'";
}
