using System.Collections.Immutable;
using Market.Protocol.Values;

namespace Market.Actors.Bots;

/// <summary>One of the house's own traders.</summary>
public sealed record HouseTrader(TraderKey Key, Temperament Temperament);

/// <summary>
/// Who the house's traders are: the same number gives the same names, teams and temperaments, and a larger one the same and more, so that after
/// a restart the house goes on as whom it was. All end in <see cref="Suffix"/>; a door keeps such names from strangers.
/// </summary>
public static class HouseNames
{
    public const string Suffix = "@house";

    /// <summary>For trying things out; the house does not play in it when there are others.</summary>
    private const string TrialTeam = "SAGOUIN";
    private const int MostTeams = 4;

    private static readonly ImmutableArray<string> First =
    [
        "Momo", "Coco", "Zazie", "Louie", "Amber", "Kiki", "Bubbles", "Rafiki", "Abu", "Nana", "Fifi", "Jojo", "Cheeta", "Donkey",
        "Olive", "Pip", "Tarzan", "Jane", "Boots", "Mango", "Marcel", "Curious", "Ginger", "Kong", "Lola", "Mimi", "Oscar", "Papaya",
        "Quincy", "Rosa", "Suzu", "Toto", "Ulla", "Viktor", "Wilma", "Xenia", "Yoyo", "Zora", "Basil", "Clyde",
    ];

    /// <summary>Whether a name is the house's, in any case: not for strangers.</summary>
    public static bool IsReserved(string name) => name.EndsWith(Suffix, StringComparison.OrdinalIgnoreCase);

    /// <summary>The first so many traders of the house, over the temperaments and the teams in turn.</summary>
    /// <param name="count">0 or more.</param>
    /// <param name="teams">Of the market, at least one; the house plays in the first four.</param>
    public static IEnumerable<HouseTrader> Cast(int count, IReadOnlyList<string> teams)
    {
        var played = Played(teams);
        for (var i = 0; i < count; i++)
        {
            var round = i / Temperaments.All.Length; // shifts the teams, so that a temperament is not of one team alone
            var key = new TraderKey(played[(i + round) % played.Count], NameOf(i));
            yield return new HouseTrader(key, Temperaments.All[i % Temperaments.All.Length]);
        }
    }

    /// <summary>The teams that bots play in: at most four of the market's, without the one for trying things out when there are others.</summary>
    internal static IReadOnlyList<string> Played(IReadOnlyList<string> teams) =>
        [.. teams.Where(team => team != TrialTeam).DefaultIfEmpty(TrialTeam).Take(MostTeams)];

    private static string NameOf(int i)
    {
        var first = First[i % First.Length];
        return i < First.Length ? $"{first}{Suffix}" : $"{first}{(i / First.Length) + 1}{Suffix}";
    }
}
