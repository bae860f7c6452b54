using System.Collections.Immutable;
using Market.Actors.Chance;

namespace Market.Actors.Bots;

/// <summary>A way to play.</summary>
/// <param name="Name">Lower case, for configurations and the command line.</param>
/// <param name="Summary">One line for people.</param>
/// <param name="Create">A new bot of this kind, with its chance; those that need none leave it.</param>
public sealed record Temperament(string Name, string Summary, Func<ChanceStream, IBot> Create);

/// <summary>All the temperaments there are.</summary>
public static class Temperaments
{
    /// <summary>In the order in which <c>--bots N</c> takes them, again and again.</summary>
    public static ImmutableArray<Temperament> All { get; } =
    [
        new("investor", "Keeps coins growing and feeds half of the gains.", _ => new Investor()),
        new("patient-feeder", "Buys cheap, feeds a monkey every few ticks.", _ => new PatientFeeder()),
        new("hype-rider", "Talks the price down, buys, talks it up, sells.", chance => new HypeRider(chance)),
        new("contrarian", "Buys when a fall is forecast, sells when a rise is.", _ => new Contrarian()),
        new("hoarder", "Saves for forty ticks, then gives a feast.", _ => new Hoarder()),
        new("gambler", "Lets the dice decide.", chance => new Gambler(chance)),
        new("champion", "The champion of the Flink original, with a shorter memory.", _ => new Champion()),
        new("follow-forecast", "The original's sample trader; feeds once and never again.", _ => new FollowForecast()),
    ];

    /// <summary>Null when there is none of that name.</summary>
    public static Temperament? Find(string name) => All.FirstOrDefault(temperament => temperament.Name == name);
}
