using Market.Protocol.Messages;
using Market.Protocol.Values;

namespace Market.Actors.Scores;

/// <summary>From traders to a scoreboard. Pure.</summary>
public static class Ranking
{
    /// <summary>The best traders first, cut to <paramref name="limit"/>; order: score, then fewer bailouts, then team and name; equal scores share a rank.</summary>
    /// <param name="traders">Is sorted in place.</param>
    public static IReadOnlyList<TraderRow> Traders((TraderKey Key, TraderState State)[] traders, int limit)
    {
        Array.Sort(traders, Compare);
        var rows = new TraderRow[Math.Min(limit, traders.Length)];
        for (var i = 0; i < rows.Length; i++)
        {
            var rank = i > 0 && traders[i].State.Score == traders[i - 1].State.Score ? rows[i - 1].Rank : i + 1;
            rows[i] = new TraderRow(rank, traders[i].Key, traders[i].State);
        }
        return rows;
    }

    /// <summary>All teams, those without a trader too, in the same order as traders.</summary>
    public static IReadOnlyList<TeamRow> Teams((TraderKey Key, TraderState State)[] traders, IReadOnlyList<string> teams)
    {
        var sums = teams.ToDictionary(team => team, team => new TeamRow(0, team, 0, 0, 0, 0), StringComparer.Ordinal);
        foreach (var (key, state) in traders)
        {
            var sum = sums.GetValueOrDefault(key.Team) ?? new TeamRow(0, key.Team, 0, 0, 0, 0);
            sums[key.Team] = sum with
            {
                Score = sum.Score + state.Score,
                FedMonkeys = sum.FedMonkeys + state.FedMonkeys,
                Bailouts = sum.Bailouts + state.Bailouts,
                Traders = sum.Traders + 1,
            };
        }
        var rows = sums.Values.OrderByDescending(row => row.Score).ThenBy(row => row.Bailouts).ThenBy(row => row.Team, StringComparer.Ordinal).ToArray();
        for (var i = 0; i < rows.Length; i++)
        {
            rows[i] = rows[i] with { Rank = i > 0 && rows[i].Score == rows[i - 1].Score ? rows[i - 1].Rank : i + 1 };
        }
        return rows;
    }

    private static int Compare((TraderKey Key, TraderState State) left, (TraderKey Key, TraderState State) right)
    {
        var byScore = right.State.Score.CompareTo(left.State.Score);
        if (byScore != 0) { return byScore; }
        var byBailouts = left.State.Bailouts.CompareTo(right.State.Bailouts);
        if (byBailouts != 0) { return byBailouts; }
        var byTeam = string.CompareOrdinal(left.Key.Team, right.Key.Team);
        return byTeam != 0 ? byTeam : string.CompareOrdinal(left.Key.Name, right.Key.Name);
    }
}
