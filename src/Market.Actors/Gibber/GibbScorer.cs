namespace Market.Actors.Gibber;

/// <summary>
/// What a gibb's text is worth (rules of the market, 5): pure, total, never throws, the same everywhere. Time grows with the length of
/// the text (times that of the terms, for selection); nothing is allocated but the list of <see cref="Words"/>.
/// </summary>
public static class GibbScorer
{
    /// <summary>
    /// Whether the text contains one of <see cref="GibberRules.Terms"/>, in any case, anywhere, also inside a word. Letters are compared in
    /// their invariant lower case, code unit by code unit: accents are not folded, so "bañana" does not contain banana.
    /// </summary>
    public static bool IsSelected(string text, GibberRules rules)
    {
        foreach (var term in rules.Terms)
        {
            if (Contains(text, term)) { return true; }
        }
        return false;
    }

    /// <summary>
    /// The sum of the points of all words; 0 when none counts. To be multiplied by <see cref="GibberRules.CoinsPerPoint"/>. Does not look
    /// at whether the gibb is selected. A sum that 32 bits cannot hold, of a text of millions of words, stays at the end of their range.
    /// </summary>
    public static int Points(string text, GibberRules rules)
    {
        var sum = 0L;
        foreach (var (_, points) in new CountedWords(text, rules)) { sum += points; }
        return (int)Math.Clamp(sum, int.MinValue, int.MaxValue);
    }

    /// <summary>
    /// The words that count, in order, each as often as it occurs: lower case, as listed in the rules; a hashtag that begins with
    /// <see cref="GibberRules.HashtagStem"/> is given as that stem. Empty when none counts; at most one word for two characters of the text.
    /// </summary>
    public static IReadOnlyList<(string Word, int Points)> Words(string text, GibberRules rules)
    {
        var words = new List<(string Word, int Points)>();
        foreach (var word in new CountedWords(text, rules)) { words.Add(word); }
        return words;
    }

    private static bool Contains(string text, string term)
    {
        for (var start = 0; start <= text.Length - term.Length; start++)
        {
            if (StartsWith(text.AsSpan(start), term)) { return true; }
        }
        return false;
    }

    private static bool StartsWith(ReadOnlySpan<char> text, string term)
    {
        for (var i = 0; i < term.Length; i++)
        {
            if (CountedWords.Lower(text[i]) != CountedWords.Lower(term[i])) { return false; }
        }
        return true;
    }
}
