using System.Collections.Frozen;
using System.Collections.Immutable;
using Market.Protocol.Values;

namespace Market.Actors.Gibber;

/// <summary>Which gibbs count in a market, and for how much. Immutable; whoever reads a configuration keeps it within the ranges.</summary>
public sealed record GibberRules
{
    /// <summary>Longest listed word, in letters; longer ones in a gibb are words, but match nothing.</summary>
    public const int LongestWord = 32;

    /// <summary>The rules of the game as written.</summary>
    public static readonly GibberRules Default = new();

    /// <summary>
    /// A gibb is selected when its text contains one of these, in any case.
    /// Default banana, #mktd; 0 to 32 terms of 1 to 100 characters; none selects nothing.
    /// </summary>
    public ImmutableArray<string> Terms { get; init; } = ["banana", "#mktd"];

    /// <summary>
    /// Words worth +1 point. Default as in the rules of the market, 5; 0 to 1,000 words of 1 to 32 letters a–z; any other never matches.
    /// </summary>
    public FrozenSet<string> Positive { get; init => field = Ordinal(value); } = Ordinal([
        "yes", "happy", "good", "great", "better", "best", "up", "safe", "sane", "sweet", "buy", "like", "love",
        "high", "nice", "certain", "sure", "solid", "thank", "thanks", "merci", "super",
    ]);

    /// <summary>
    /// Words worth −1 point. Default as in the rules of the market, 5; range as <see cref="Positive"/>, which wins where both have a word.
    /// </summary>
    public FrozenSet<string> Negative { get; init => field = Ordinal(value); } = Ordinal([
        "no", "sad", "bad", "worse", "worst", "down", "dangerous", "danger", "insane", "sour", "sell", "dislike",
        "hate", "low", "bubble", "burst", "risk",
    ]);

    /// <summary>
    /// The market's own word: alone, or as the beginning of a hashtag, it is worth <see cref="HashtagPoints"/>.
    /// Default mktd; 0 to 32 letters a–z; empty switches it off.
    /// </summary>
    public string HashtagStem { get; init; } = "mktd";

    /// <summary>Points of the market's own word. Default 100; range −1,000 to 1,000.</summary>
    public int HashtagPoints { get; init; } = 100;

    /// <summary>Hype for each point. Default 0.01 coin; range 0 to 1,000 coins.</summary>
    public Coins CoinsPerPoint { get; init; } = new(10_000);

    /// <summary>
    /// How many gibbs of one author count within a minute. Default 6; range 0 (none) to 1,000.
    /// </summary>
    public int MaxCountedPerMinute { get; init; } = 6;

    /// <summary>Compared by code units: the only comparison that no culture and no seed of the process changes.</summary>
    private static FrozenSet<string> Ordinal(IEnumerable<string> words) => words.ToFrozenSet(StringComparer.Ordinal);
}
