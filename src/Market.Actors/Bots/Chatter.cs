using Market.Actors.Chance;

namespace Market.Actors.Bots;

/// <summary>Something somebody says, some time after the one before.</summary>
public readonly record struct Saying(long WaitMs, string Author, string Text);

/// <summary>
/// Small talk without end, by a few invented authors, drawn from a stream of chance. The texts' points about cancel out, so that talk
/// moves the price but does not carry it away.
/// </summary>
/// <param name="chance">The same stream talks the same.</param>
/// <param name="share">What is said instead of "banana": a term of the market.</param>
public sealed class Chatter(ChanceStream chance, string share = Chatter.Banana)
{
    /// <summary>Least time between two gibbs, in ms.</summary>
    public const int LeastWaitMs = 7_000;

    /// <summary>Most time between two gibbs, in ms.</summary>
    public const int MostWaitMs = 20_000;

    private const string Banana = "banana";

    /// <summary>One gibb in so many says the market's own word, which is worth a whole coin: every quarter of an hour or so.</summary>
    private const int GibbsPerHashtag = 70;

    private Dice _dice = new(chance);

    public Saying Next()
    {
        var wait = LeastWaitMs + _dice.Below(MostWaitMs - LeastWaitMs + 1);
        var author = ChatterTexts.Authors[_dice.Below(ChatterTexts.Authors.Length)];
        var hashtag = _dice.Below(GibbsPerHashtag) == 0;
        var texts = hashtag ? ChatterTexts.WithHashtag : ChatterTexts.Usual;
        return new Saying(wait, author, InWordsOf(texts[_dice.Below(texts.Length)]));
    }

    private string InWordsOf(string text) => share == Banana ? text : text.Replace(Banana, share, StringComparison.OrdinalIgnoreCase);
}
