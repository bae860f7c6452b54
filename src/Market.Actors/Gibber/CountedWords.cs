using System.Collections.Frozen;

namespace Market.Actors.Gibber;

/// <summary>
/// The words of one text that are worth points, in order, found in one pass without allocating. A word is a run of letters a–z
/// after lower-casing; everything else stands between words.
/// </summary>
internal ref struct CountedWords(ReadOnlySpan<char> text, GibberRules rules)
{
    private readonly ReadOnlySpan<char> _text = text;
    private readonly GibberRules _rules = rules;
    private readonly FrozenSet<string>.AlternateLookup<ReadOnlySpan<char>> _positive = rules.Positive.GetAlternateLookup<ReadOnlySpan<char>>();
    private readonly FrozenSet<string>.AlternateLookup<ReadOnlySpan<char>> _negative = rules.Negative.GetAlternateLookup<ReadOnlySpan<char>>();
    private int _next;

    /// <summary>The word as listed in the rules (the stem for a hashtag) and its points.</summary>
    public (string Word, int Points) Current { get; private set; }

    public readonly CountedWords GetEnumerator() => this;

    public bool MoveNext()
    {
        Span<char> letters = stackalloc char[GibberRules.LongestWord];
        while (TryReadWord(letters, out var length, out var isHashtag))
        {
            if (TryCount(letters[..Math.Min(length, letters.Length)], length, isHashtag)) { return true; }
        }
        return false;
    }

    /// <summary>
    /// The invariant lower case of one UTF-16 code unit, as .NET has it: one code unit to one, whatever the culture. Of the characters beyond
    /// ASCII only the Kelvin sign (U+212A) becomes a letter a–z, a k. The long s (U+017F) is lower case already, and the dotted capital I
    /// (U+0130) stays itself, where the originals' Java made it an i and a dot; neither is a letter here.
    /// </summary>
    internal static char Lower(char unit) => char.ToLowerInvariant(unit);

    /// <summary>Reads the next word's length, and as many of its letters as there is room for.</summary>
    private bool TryReadWord(scoped Span<char> letters, out int length, out bool isHashtag)
    {
        while (_next < _text.Length && Lower(_text[_next]) is not (>= 'a' and <= 'z')) { _next++; }
        isHashtag = _next > 0 && _next < _text.Length && _text[_next - 1] == '#';
        for (length = 0; _next < _text.Length; length++, _next++)
        {
            var letter = Lower(_text[_next]);
            if (letter is not (>= 'a' and <= 'z')) { break; }
            if (length < letters.Length) { letters[length] = letter; }
        }
        return length > 0;
    }

    /// <summary>Points of a word; <paramref name="letters"/> are its first ones, all of them unless it is longer than any listed.</summary>
    private bool TryCount(scoped ReadOnlySpan<char> letters, int length, bool isHashtag)
    {
        var stem = _rules.HashtagStem;
        if (stem.Length > 0 && letters.StartsWith(stem) && (isHashtag || length == stem.Length))
        {
            Current = (stem, _rules.HashtagPoints);
            return true;
        }
        if (length > letters.Length) { return false; }
        if (_positive.TryGetValue(letters, out var word)) { Current = (word, 1); }
        else if (_negative.TryGetValue(letters, out word)) { Current = (word, -1); }
        else { return false; }
        return true;
    }
}
