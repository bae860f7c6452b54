using System.Globalization;
using Market.Actors.Bots;
using Market.Protocol.Values;

namespace Market.Actors.Laboratory;

/// <summary>A trader of a laboratory's market, and who plays it. Any bot can: a temperament is a name and a way to make one.</summary>
/// <param name="Part">Number of its temperament in the mix, from 0.</param>
public sealed record Contestant(TraderKey Key, Temperament Temperament, int Part)
{
    /// <summary>
    /// The traders of a mix, in the order in which they join. A trader's name says temperament and number, its team follows from both,
    /// and its place from its key's hash: whoever else plays, <c>gambler-3</c> is the same trader, with the same chance.
    /// </summary>
    public static IReadOnlyList<Contestant> Cast(Mix mix, int count, IReadOnlyList<string> teams)
    {
        var played = HouseNames.Played(teams);
        var counts = mix.Apportion(count);
        var cast = new List<Contestant>(count);
        for (var part = 0; part < counts.Count; part++)
        {
            var temperament = mix.Parts[part].Temperament;
            var shift = Mix.Known.IndexOf(temperament) + 1; // an unknown one is a guest's: no shift
            for (var i = 0; i < counts[part]; i++)
            {
                var name = string.Create(CultureInfo.InvariantCulture, $"{temperament.Name}-{i + 1}");
                cast.Add(new Contestant(new TraderKey(played[(i + shift) % played.Count], name), temperament, part));
            }
        }
        cast.Sort(ByHash);
        return cast;
    }

    private static int ByHash(Contestant left, Contestant right)
    {
        var byHash = left.Key.Hash.CompareTo(right.Key.Hash);
        return byHash != 0 ? byHash : string.CompareOrdinal(left.Key.Name, right.Key.Name);
    }
}
