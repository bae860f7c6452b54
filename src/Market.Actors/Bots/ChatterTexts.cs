using System.Collections.Immutable;

namespace Market.Actors.Bots;

/// <summary>Who talks in a quiet market, and what is said.</summary>
internal static class ChatterTexts
{
    public static readonly ImmutableArray<string> Authors =
    [
        "coconut_carl", "Prof. Gibbon", "jungle.jane", "vine swinger", "Mama Marmoset", "treetop_ted", "howler", "la guenon", "silverback", "peel_good",
    ];

    public static readonly ImmutableArray<string> WithHashtag =
    [
        "Just joined #mktd6, where do I put my banana?",
        "#mktd6 is live and the monkeys are hungry.",
        "Greetings from the back row of #mktd6!",
    ];

    /// <summary>Fourteen cheerful and fourteen gloomy, whose points cancel out by the default rules; the others are neither, or about something else.</summary>
    public static readonly ImmutableArray<string> Usual =
    [
        "A banana a day keeps the doctor happy.",
        "Good morning, banana lovers!",
        "I like this banana market.",
        "My broker says banana is a sure thing.",
        "Banana bread in the oven. Life is sweet.",
        "Solid week for banana.",
        "Banana is up again, my monkeys say thanks.",
        "Merci banana, merci la vie!",
        "Time to buy a banana for everybody.",
        "Best banana I had since Tuesday.",
        "My grandmother put her pension into banana. She sleeps certain and sound.",
        "Nice banana you have there.",
        "Super banana, and I have tasted some.",
        "Safe as a banana in its peel.",
        "There is a brown spot on my banana. Sad.",
        "Banana is down and so am I.",
        "Sour banana. Will not eat this again.",
        "Too much risk in banana for my taste.",
        "I had to sell my last banana today.",
        "No banana left in the canteen.",
        "Slipped on a banana peel. Dangerous fruit!",
        "This banana bubble reminds me of the tulips.",
        "Bad weather on the banana coast. Sad.",
        "My monkeys dislike banana this week.",
        "How low can a banana go?",
        "Worst banana split in town, and dangerous.",
        "One more tick and my banana fund will burst.",
        "I hate waiting for the banana boat.",
        "Does anybody know what a banana is worth, really?",
        "The banana chart is shaped as a banana.",
        "Forecast says banana. It always says banana.",
        "Is a plantain a banana? Asking for a chimp.",
        "Banana futures: green on Monday, brown on Friday.",
        "Fed three monkeys before breakfast. Banana for scale.",
        "Peeling a banana from the other end since 1987.",
        "Anyone up for table tennis at lunch?",
        "Lost a yellow umbrella near the big fig tree.",
        "Coffee machine on the second floor is fixed.",
        "Looking for a good book about bees.",
        "It rains. The gibbons sing anyway.",
    ];
}
