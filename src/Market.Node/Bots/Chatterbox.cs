using Market.Actors.Chance;

namespace Market.Node.Bots;

/// <summary>Says something now and then, so that Gibber is never silent. Which and when is drawn by the tick's number.</summary>
public sealed class Chatterbox(ChanceStream chance)
{
    /// <summary>Chance of a post at each tick: every ten or so.</summary>
    private const double PostsPerTick = 0.1;

    /// <summary>Chance that a post is the rare one worth a hundred points.</summary>
    private const double HashtagsPerPost = 0.02;

    private static readonly string[] Authors = ["Coco", "Zaza", "Bubu", "Kiki", "Momo", "Prof. Gibbon", "une guenon", "Señor Mono"];

    private static readonly string[] Texts =
    [
        "happy banana day", "banana bread is the best", "I like my banana ripe", "is the banana market safe today?", "banana going down again, sad",
        "no banana for breakfast, so sour", "sure, buy one more banana", "who would sell a banana now?", "nice little banana wobble", "banana up, mood up",
        "the banana I bought was bad", "merci pour la banana", "sweet sweet banana", "banana prices are insane", "low tide, low banana",
        "great harvest this year, banana for all", "my neighbour fed a monkey", "anyone seen my ladder?", "rain again over the plantation", "banana split, anyone? yes!",
        "risk is just banana spelled wrong", "a solid banana is a happy banana", "worst banana ever, I hate mondays", "thanks for all the banana", "dangerous curve ahead on the banana chart",
        "certain that banana wins", "good banana, better banana, best banana", "what is a gibbon anyway", "banana bubble? what banana bubble", "high on banana",
    ];

    /// <summary>What is said at a tick; null for nothing, as at most.</summary>
    public (string Author, string Text)? Next(long seq)
    {
        if (chance.Uniform(seq * 4) >= PostsPerTick) { return null; }
        var author = Authors[(int)(chance.Bits((seq * 4) + 1) % (ulong)Authors.Length)];
        var text = Texts[(int)(chance.Bits((seq * 4) + 2) % (ulong)Texts.Length)];
        return chance.Uniform((seq * 4) + 3) < HashtagsPerPost ? (author, $"{text} #mktd") : (author, text);
    }
}
