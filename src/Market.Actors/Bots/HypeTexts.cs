using System.Collections.Immutable;

namespace Market.Actors.Bots;

/// <summary>What a <see cref="HypeRider"/> has to say. By the default rules a cheer is worth 7 to 11 points, a gloom as many below zero.</summary>
internal static class HypeTexts
{
    public const string Hashtag = "This is it, friends: #mktd6 goes to the moon, and my banana goes first!";

    public static readonly ImmutableArray<string> Cheer =
    [
        "Banana up, up, up! Yes, buy! Super sweet, super solid, best of the best.",
        "Good, better, best: banana. I love it, you like it, yes, we are all happy. Buy!",
        "Nice price, great taste, high hopes. Sure, certain, solid, safe: banana!",
        "Thanks, monkeys! A super happy, super high banana. Merci, merci, love you, yes!",
        "Who did not buy banana? It is sure, it is sane, it is safe, it is sweet, and it goes up, up, up.",
    ];

    public static readonly ImmutableArray<string> Gloom =
    [
        "Banana down, down, down. Sell! No, worse: a bubble, a bad, sour, sad bubble.",
        "I hate to say it: banana is low, and the risk is not. Danger! Sell, sell. Sad, bad, down.",
        "Worst banana ever. Sour. Sad. Insane risk, dangerous bubble, and no bottom. Down!",
        "No, no, no. This banana will burst: bad news, worse fruit, sell, down it goes.",
        "Dislike. Banana is sad, low, sour, bad, and a danger to sane monkeys. Sell, sell, down.",
    ];
}
