using Market.Actors.Chance;

namespace Market.Actors.Bots;

/// <summary>The kinds of house bots, in the order in which they are hired.</summary>
public static class Temperaments
{
    private static readonly (string Name, Func<ChanceStream, IBot> Make)[] All =
    [
        ("follower", chance => new ForecastFollower(chance)),
        ("patient", _ => new PatientFeeder()),
        ("investor", _ => new Investor()),
        ("hyper", chance => new HypeRider(chance)),
        ("contrarian", chance => new Contrarian(chance)),
        ("champion", _ => new Champion()),
        ("gambler", chance => new Gambler(chance)),
        ("hoarder", _ => new Hoarder()),
    ];

    private static readonly string[] Teams = ["ALOUATE", "BONOBO", "CAPUCIN", "DRILL"];

    /// <summary>The house's bot number <paramref name="index"/>, from 0: two of each team for the first eight, each of another temperament.</summary>
    /// <param name="chance">The bot's own.</param>
    public static (string Team, string Name, IBot Bot) Hire(int index, ChanceStream chance)
    {
        var (name, make) = All[index % All.Length];
        var round = index / All.Length;
        return (Teams[index % Teams.Length], round == 0 ? name : string.Create(System.Globalization.CultureInfo.InvariantCulture, $"{name}-{round + 1}"), make(chance));
    }
}
