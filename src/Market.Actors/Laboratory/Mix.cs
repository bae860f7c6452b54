using System.Collections.Immutable;
using System.Globalization;
using Market.Actors.Bots;

namespace Market.Actors.Laboratory;

/// <summary>One temperament of a mix.</summary>
/// <param name="Weight">Its part of the traders, as a ratio to the other weights; at least 1.</param>
public sealed record MixPart(Temperament Temperament, int Weight);

/// <summary>Which temperaments play, and in what proportion.</summary>
/// <param name="Parts">At least one; no temperament twice.</param>
public sealed record Mix(ImmutableArray<MixPart> Parts)
{
    /// <summary>Largest weight.</summary>
    public const int MostWeight = 1_000_000;

    /// <summary>All that can play: the house's, and <c>metronome</c>, which is for measuring.</summary>
    public static ImmutableArray<Temperament> Known { get; } =
    [
        .. Temperaments.All,
        new("metronome", "One order every tick, for measuring: sells a share and buys it back.", _ => new Metronome()),
    ];

    /// <summary>The house's temperaments in equal parts.</summary>
    public static Mix Even { get; } = new([.. Temperaments.All.Select(temperament => new MixPart(temperament, 1))]);

    /// <summary>
    /// Reads <c>contrarian=20,investor=10</c>: a name and its weight, a comma between two; a name alone has the weight 1. A name may be
    /// shortened to one of its words, as <c>hype</c> for <c>hype-rider</c>.
    /// </summary>
    /// <param name="problem">What is wrong and what would be right; empty when nothing is.</param>
    public static Mix? Read(string text, out string problem)
    {
        var parts = ImmutableArray.CreateBuilder<MixPart>();
        problem = "";
        foreach (var word in text.Split(','))
        {
            var part = ReadPart(word.Trim(), out problem);
            if (part is not null && parts.Any(other => other.Temperament == part.Temperament)) { problem = $"{part.Temperament.Name} is there twice."; }
            if (part is null || problem.Length > 0) { return null; }
            parts.Add(part);
        }
        return new Mix(parts.ToImmutable());
    }

    /// <summary>How many of each part make up <paramref name="count"/>: by the weights, the rest to the largest remainders, earlier parts first.</summary>
    public IReadOnlyList<int> Apportion(int count)
    {
        var total = Parts.Sum(part => (long)part.Weight);
        var shares = Parts.Select(part => (int)((long)count * part.Weight / total)).ToArray();
        var byRemainder = Enumerable.Range(0, shares.Length).OrderByDescending(i => (long)count * Parts[i].Weight % total).ThenBy(i => i);
        foreach (var i in byRemainder.Take(count - shares.Sum())) { shares[i]++; }
        return shares;
    }

    public override string ToString() => string.Join(',', Parts.Select(part => string.Create(CultureInfo.InvariantCulture, $"{part.Temperament.Name}={part.Weight}")));

    private static MixPart? ReadPart(string word, out string problem)
    {
        var equals = word.IndexOf('=', StringComparison.Ordinal);
        var name = (equals < 0 ? word : word[..equals]).Trim();
        var weight = 1;
        var weighs = equals < 0 || (int.TryParse(word.AsSpan(equals + 1).Trim(), NumberStyles.None, CultureInfo.InvariantCulture, out weight) && weight is >= 1 and <= MostWeight);
        var temperament = Find(name);
        problem = temperament is null
            ? $"There is no temperament \"{name}\"; there are {string.Join(", ", Known.Select(known => known.Name))}."
            : weighs ? "" : $"The weight of {temperament.Name} is a whole number from 1 to {MostWeight}.";
        return problem.Length == 0 ? new MixPart(temperament!, weight) : null;
    }

    private static Temperament? Find(string name)
    {
        if (Known.FirstOrDefault(known => known.Name == name) is { } whole) { return whole; }
        var shortened = Known.Where(known => known.Name.Split('-').Contains(name)).ToList();
        return shortened.Count == 1 ? shortened[0] : null;
    }
}
