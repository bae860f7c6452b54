using Market.Actors.Scores;
using Market.Protocol.Messages;
using Market.Protocol.Values;

namespace Market.Actors.Tests.Scores;

public class RankingTests
{
    [Fact]
    public void The_best_come_first_and_equal_scores_share_a_rank()
    {
        var rows = Ranking.Traders(
            [Trader("B", "late", fed: 7), Trader("A", "first", fed: 9), Trader("A", "helped", fed: 27, bailouts: 1), Trader("A", "last"), Trader("B", "early", fed: 7)],
            limit: 10);
        rows.Select(row => (row.Rank, row.Trader.Name)).ShouldBe([(1, "first"), (2, "early"), (2, "late"), (2, "helped"), (5, "last")]);
        rows.Select(row => row.State.Score).ShouldBe([9L, 7, 7, 7, 0]);
    }

    [Fact]
    public void Of_equal_scores_fewer_bailouts_come_first_then_team_then_name_by_code_units()
    {
        var rows = Ranking.Traders(
            [Trader("b", "x"), Trader("B", "b"), Trader("B", "Z"), Trader("B", "é"), Trader("A", "z", fed: 20, bailouts: 1), Trader("A", "z2")], limit: 10);
        rows.Select(row => row.Trader.ToString()).ShouldBe(["A/z2", "B/Z", "B/b", "B/é", "b/x", "A/z"]);
        rows.ShouldAllBe(row => row.Rank == 1);
    }

    [Theory]
    [InlineData(0, 0)]
    [InlineData(1, 1)]
    [InlineData(3, 3)]
    [InlineData(1_000, 3)]
    public void Only_as_many_are_named_as_were_asked_for(int limit, int named) =>
        Ranking.Traders([Trader("A", "a"), Trader("A", "b", fed: 1), Trader("A", "c")], limit).Count.ShouldBe(named);

    [Fact]
    public void Scores_below_zero_are_ranked_like_any()
    {
        var rows = Ranking.Traders([Trader("A", "a", bailouts: 2), Trader("A", "b", fed: 3, bailouts: 1), Trader("A", "c")], 10);
        rows.Select(row => (row.Trader.Name, row.State.Score)).ShouldBe([("c", 0L), ("b", -17), ("a", -40)]);
    }

    [Fact]
    public void A_teams_score_is_the_sum_of_its_traders()
    {
        var rows = Ranking.Teams(
            [Trader("DRILL", "a", fed: 30, bailouts: 1), Trader("DRILL", "b", fed: 5), Trader("BONOBO", "c", fed: 15)], ["BONOBO", "DRILL", "CAPUCIN", "ALOUATE"]);
        rows.ShouldBe([
            new TeamRow(1, "BONOBO", 15, 15, 0, 1), new TeamRow(1, "DRILL", 15, 35, 1, 2), new TeamRow(3, "ALOUATE", 0, 0, 0, 0), new TeamRow(3, "CAPUCIN", 0, 0, 0, 0)]);
    }

    [Fact]
    public void A_team_that_was_taken_off_the_list_is_shown_as_long_as_it_has_traders() =>
        Ranking.Teams([Trader("GONE", "a", fed: 1)], ["BONOBO"]).Select(row => row.Team).ShouldBe(["GONE", "BONOBO"]);

    private static (TraderKey, TraderState) Trader(string team, string name, long fed = 0, int bailouts = 0) =>
        (new TraderKey(team, name), new TraderState(Coins.Whole(1), 1, fed, bailouts, 0, default));
}
