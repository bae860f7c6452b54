using Market.Actors.Bots;
using Market.Protocol.Values;

namespace Market.Actors.Tests.Bots;

public class HouseNamesTests
{
    private static readonly string[] Teams = ["ALOUATE", "BONOBO", "CAPUCIN", "DRILL", "SAGOUIN"];

    [Fact]
    public void Eight_bots_are_of_eight_temperaments_and_four_teams()
    {
        var cast = HouseNames.Cast(8, Teams).ToList();
        cast.Select(trader => trader.Temperament).ShouldBe(Temperaments.All);
        cast.Select(trader => trader.Key.Team).ShouldBe(["ALOUATE", "BONOBO", "CAPUCIN", "DRILL", "ALOUATE", "BONOBO", "CAPUCIN", "DRILL"]);
    }

    [Fact]
    public void A_larger_house_is_the_smaller_one_and_more()
    {
        var large = HouseNames.Cast(1_000, Teams).ToList();
        for (var count = 0; count < 100; count++) { HouseNames.Cast(count, Teams).ShouldBe(large.Take(count)); }
    }

    [Fact]
    public void A_thousand_names_are_all_different_allowed_and_reserved()
    {
        var names = HouseNames.Cast(1_000, Teams).Select(trader => trader.Key.Name).ToList();
        names.Distinct(StringComparer.OrdinalIgnoreCase).Count().ShouldBe(1_000);
        names.ShouldAllBe(name => TraderKey.IsName(name) && HouseNames.IsReserved(name));
    }

    [Fact]
    public void A_temperament_is_not_of_one_team_alone() =>
        HouseNames.Cast(32, Teams).GroupBy(trader => trader.Temperament).ShouldAllBe(kind => kind.Select(trader => trader.Key.Team).Distinct().Count() == 4);

    [Theory]
    [InlineData("@house", true)]
    [InlineData("Momo@HOUSE", true)]
    [InlineData("house@Momo", false)]
    [InlineData("my-first-bot", false)]
    public void Names_that_end_as_the_houses_do_are_reserved(string name, bool reserved) =>
        HouseNames.IsReserved(name).ShouldBe(reserved);

    [Theory]
    [InlineData("SAGOUIN", "SAGOUIN")]
    [InlineData("RED", "RED")]
    public void A_market_of_one_team_has_its_house_there(string team, string expected) =>
        HouseNames.Cast(3, [team]).ShouldAllBe(trader => trader.Key.Team == expected);

    [Fact]
    public void Temperaments_are_found_by_their_names()
    {
        Temperaments.All.Select(temperament => temperament.Name).Distinct().Count().ShouldBe(8);
        Temperaments.All.ShouldAllBe(temperament => Temperaments.Find(temperament.Name) == temperament);
        Temperaments.Find("nobody").ShouldBeNull();
    }
}
