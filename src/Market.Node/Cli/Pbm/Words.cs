using System.Text;

namespace Market.Node.Cli.Pbm;

/// <summary>A line at the prompt as words: blanks part them, quotes of either kind keep them together, and JSON goes to its closing brace as it stands.</summary>
public static class Words
{
    public static IReadOnlyList<string> Of(string line)
    {
        var words = new List<string>();
        for (var at = 0; at < line.Length;)
        {
            if (char.IsWhiteSpace(line[at])) { at++; }
            else { words.Add(line[at] == '{' ? Json(line, ref at) : Word(line, ref at)); }
        }
        return words;
    }

    private static string Word(string line, ref int at)
    {
        var word = new StringBuilder();
        for (char? quote = null; at < line.Length; at++)
        {
            var letter = line[at];
            if (letter == quote) { quote = null; }
            else if (quote is null && letter is '\'' or '"') { quote = letter; }
            else if (quote is null && char.IsWhiteSpace(letter)) { break; }
            else { word.Append(letter); }
        }
        return word.ToString();
    }

    private static string Json(string line, ref int at)
    {
        var (start, depth, inText) = (at, 0, false);
        for (; at < line.Length; at++)
        {
            var letter = line[at];
            if (inText && letter == '\\') { at++; }
            else if (letter == '"') { inText = !inText; }
            else if (!inText && letter is '{') { depth++; }
            else if (!inText && letter is '}' && --depth == 0) { return line[start..++at]; }
        }
        at = line.Length;
        return line[start..];
    }
}
