using Market.Actors.Runtime;
using Market.Protocol.Values;

namespace Market.Actors.Tests.Runtime;

/// <summary>Where actors live is for ever: a journal is bound to it. The values were computed apart from this code, by XXH64 over UTF-16.</summary>
public class PlacementTests
{
    [Theory]
    [InlineData("BONOBO", "alice", 4, 148)]
    [InlineData("ALOUATE", "bob", 11, 331)]
    [InlineData("DRILL", "🐒", 7, 183)]
    [InlineData("CAPUCIN", "carol", 13, 493)]
    [InlineData("SAGOUIN", "my-player-name", 13, 61)]
    public void Traders_live_on_golden_shards(string team, string name, int of16, int of1024)
    {
        var trader = new TraderKey(team, name);
        Placement("banana", 16).Of(trader).ShouldBe(of16);
        Placement("banana", 1_024).Of(trader).ShouldBe(of1024);
        Placement("kiwi", 16).Of(trader).ShouldBe(of16); // whatever the market
        Placement("banana", 1).Of(trader).ShouldBe(0);
    }

    [Theory]
    [InlineData("banana", 16, 6, 0, 11, 7)]
    [InlineData("banana", 1_024, 118, 784, 987, 183)]
    [InlineData("kiwi", 16, 11, 7, 8, 8)]
    [InlineData("kiwi", 1_024, 411, 87, 568, 776)]
    [InlineData("a", 16, 7, 10, 2, 13)]
    [InlineData("a", 1_024, 615, 922, 130, 717)]
    [InlineData("a", 1, 0, 0, 0, 0)]
    public void Actors_of_the_market_live_on_golden_shards(string market, int shards, int marketShard, int price, int plantation, int gibber)
    {
        var placement = Placement(market, shards);
        (placement.MarketShard, placement.PriceShard, placement.PlantationShard, placement.GibberShard).ShouldBe((marketShard, price, plantation, gibber));
    }

    [Fact]
    public void Traders_are_spread_evenly()
    {
        var placement = Placement("banana", 16);
        var counts = new int[16];
        for (var i = 0; i < 16_000; i++) { counts[placement.Of(new TraderKey("BONOBO", $"bot-{i}"))]++; }
        counts.ShouldAllBe(count => count > 850 && count < 1_150);
    }

    private static Placement Placement(string market, int shards) => new(MarketId.Of(market), shards);
}
