using System.Globalization;
using System.Text;

namespace Market.Node.Cli.Screen;

/// <summary>
/// Text of strangers, made harmless for a terminal: what would move the cursor, change colours, turn the reading direction or not be seen at
/// all is shown as <c>&lt;U+202E&gt;</c>.
/// </summary>
public static class VisibleText
{
    public static string Of(string? text)
    {
        if (string.IsNullOrEmpty(text)) { return ""; }
        var visible = new StringBuilder(text.Length);
        foreach (var rune in text.EnumerateRunes())
        {
            if (IsHarmless(rune)) { visible.Append(rune); }
            else { visible.Append(CultureInfo.InvariantCulture, $"<U+{rune.Value:X4}>"); }
        }
        return visible.ToString();
    }

    private static bool IsHarmless(Rune rune) => Rune.GetUnicodeCategory(rune) switch
    {
        UnicodeCategory.Control or UnicodeCategory.Format => false,
        UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator => false,
        _ => !LettersNobodySees.Contains(rune.Value),
    };

    /// <summary>Hangul fillers, the grapheme joiner and the empty Braille cell: letters by category, blank on a screen.</summary>
    private static readonly HashSet<int> LettersNobodySees = [0x034F, 0x115F, 0x1160, 0x2800, 0x3164, 0xFFA0];
}
