using Market.Actors.Bots;
using Market.Actors.Chance;
using Market.Actors.Gibber;
using Market.Protocol.Messages;
using Market.Protocol.Values;

namespace Market.Actors.Tests.Bots;

public class TemperamentTests
{
    private static readonly ChanceStream Chance = new(20_180_320);

    [Theory]
    [InlineData(1.01, "FEED 1, BUY 1, INVEST 8")]
    [InlineData(1.00, "FEED 1, SELL 1, INVEST 9")]
    [InlineData(0.99, "FEED 1, SELL 1, INVEST 9")]
    public void FollowForecast_feeds_once_trades_one_share_by_the_forecast_and_plants_all_but_a_coin(double forecast, string first)
    {
        var bench = new Bench(new FollowForecast());
        bench.Tick(1, forecast).ShouldBe(first);
        bench.Ticks(100, 1, forecast).ShouldAllBe(done => !done.Contains("FEED"));
        bench.State.FedMonkeys.ShouldBe(1);
    }

    [Theory]
    [InlineData(0, 0)]
    [InlineData(0.5, 0)]
    public void FollowForecast_asks_for_nothing_it_cannot_have(double coins, long shares)
    {
        var bench = new Bench(new FollowForecast(), coins, shares);
        bench.Tick(1, 1.1).ShouldBe("");
        bench.Tick(1, 0.9).ShouldBe("");
    }

    [Fact]
    public void FollowForecast_that_fed_before_a_restart_does_not_feed_again() =>
        new Bench(new FollowForecast(), fed: 1).Tick(1, 1.1).ShouldBe("BUY 1, INVEST 8");

    [Theory]
    [InlineData(10, 5, 0.99, "BUY 2, INVEST 4")]
    [InlineData(10, 5, 1.01, "SELL 1, INVEST 6")]
    [InlineData(6, 5, 1.00, "")]
    [InlineData(6, 3, 1.01, "")]
    [InlineData(4, 5, 0.99, "")]
    [InlineData(6, 7, 0.99, "FEED 3")]
    public void Contrarian_trades_against_the_forecast_and_feeds_from_a_full_larder(double coins, long shares, double forecast, string done) =>
        new Bench(new Contrarian(), coins, shares).Tick(1, forecast).ShouldBe(done);

    [Fact]
    public void Investor_plants_once_at_a_time_and_feeds_half_of_the_gain()
    {
        var bench = new Bench(new Investor());
        bench.Tick().ShouldBe("INVEST 8");
        bench.Ticks(3).ShouldAllBe(done => done == "");
        bench.Home(12);
        bench.Tick().ShouldBe("INVEST 10, BUY 2");
        bench.Tick().ShouldBe("FEED 2");
        bench.State.Shares.ShouldBe(5);
    }

    [Fact]
    public void Investor_feeds_nothing_of_a_loss()
    {
        var bench = new Bench(new Investor());
        bench.Tick();
        bench.Home(7.5);
        bench.Tick().ShouldBe("INVEST 7.5");
        bench.Tick().ShouldBe("");
    }

    [Fact]
    public void PatientFeeder_feeds_every_fourth_tick_down_to_its_last_share()
    {
        var bench = new Bench(new PatientFeeder());
        bench.Ticks(20).Select(done => done.Contains("FEED 1")).ShouldBe(Enumerable.Range(0, 20).Select(i => i % 4 == 0 && i < 16));
        bench.State.Shares.ShouldBe(1);
    }

    [Fact]
    public void PatientFeeder_spends_a_thirtieth_of_what_comes_home_and_only_when_shares_are_cheap()
    {
        var bench = new Bench(new PatientFeeder(), shares: 1);
        bench.Tick().ShouldBe("INVEST 8");
        bench.Home(60);
        bench.Tick(1, 0.99).ShouldBe("INVEST 58");
        bench.Tick(1, 1.01).ShouldBe("BUY 1");
        bench.Ticks(2, 1, 1.01).ShouldBe(["FEED 1, BUY 1", ""]);
    }

    [Fact]
    public void Hoarder_saves_for_forty_ticks_then_waits_for_its_harvest_and_feasts_on_half()
    {
        var bench = new Bench(new Hoarder());
        bench.Tick().ShouldBe("INVEST 8");
        bench.Ticks(45).ShouldAllBe(done => done == "");
        bench.Home(38);
        bench.Tick().ShouldBe("BUY 20");
        bench.Tick().ShouldBe("FEED 23");
        bench.Tick().ShouldBe("INVEST 18");
        bench.State.FedMonkeys.ShouldBe(23);
    }

    [Fact]
    public void Champion_expands_while_the_last_three_forecasts_are_above_one()
    {
        var bench = new Bench(new Champion(), coins: 20);
        bench.Ticks(4, 1, 1.01).ShouldBe(["FEED 1", "", "FEED 1, BUY 3, INVEST 3", "FEED 1, BUY 3, INVEST 3"]);
    }

    [Fact]
    public void Champion_feeds_while_the_last_three_forecasts_are_below_one()
    {
        var bench = new Bench(new Champion(), coins: 20);
        bench.Ticks(4, 1, 0.99).ShouldBe(["FEED 1", "", "FEED 3, INVEST 1", "FEED 1, INVEST 1"]);
    }

    [Theory]
    [InlineData(4.9, 2, "SELL 2")]
    [InlineData(4.9, 1, "")]
    [InlineData(5, 2, "")]
    public void Champion_sells_two_shares_when_poor(double coins, long shares, string done) =>
        new Bench(new Champion(), coins, shares, fed: 1).Tick().ShouldBe(done);

    [Fact]
    public void HypeRider_talks_down_buys_talks_up_and_sells_into_the_rise()
    {
        var bench = new Bench(new HypeRider(Chance), coins: 10, shares: 5);
        Points(Until(bench, "GIBB", price: 1)).ShouldBeLessThan(0);
        bench.Tick(0.9).ShouldBe("");
        bench.Tick(0.9).ShouldBe("BUY 10");
        bench.Ticks(7, 0.9).ShouldAllBe(done => done == "", "only six gibbs a minute count");
        Points(bench.Tick(0.9)).ShouldBeGreaterThan(0);
        bench.Tick(0.94).ShouldBe("");
        bench.Tick(0.95).ShouldBe("FEED 1, SELL 12");
        Points(Until(bench, "GIBB", price: 1)).ShouldBeLessThan(0);
        bench.Refusals.ShouldBeEmpty();
    }

    [Fact]
    public void HypeRider_sells_when_the_bubble_bursts_and_feeds_nothing_without_a_gain()
    {
        var bench = new Bench(new HypeRider(Chance));
        Until(bench, "BUY 10", price: 0.9);
        Until(bench, "GIBB", price: 0.9);
        bench.Tick(0.8, bursting: true).ShouldBe("SELL 13");
    }

    [Fact]
    public void HypeRider_loses_its_patience_after_eight_ticks()
    {
        var bench = new Bench(new HypeRider(Chance));
        Until(bench, "BUY 10", price: 0.9);
        Until(bench, "GIBB", price: 0.9);
        bench.Ticks(8, 0.9).ShouldBe(["", "", "", "", "", "", "", "SELL 13"]);
    }

    [Fact]
    public void HypeRider_does_not_talk_down_what_is_cheap_already()
    {
        var bench = new Bench(new HypeRider(Chance));
        var done = Enumerable.Range(0, 25).Select(_ => bench.Tick(price: 0.5, hype: -0.5)).Where(done => done != "").ToList();
        done[0].ShouldBe("BUY 18");
        Points(done[1]).ShouldBeGreaterThan(0);
    }

    [Fact]
    public void A_crowd_of_HypeRiders_does_not_talk_with_one_voice() =>
        Enumerable.Range(0, 100).Count(i => new Bench(new HypeRider(new ChanceStream((ulong)i))).Ticks(2)[1] != "").ShouldBeInRange(1, 20);

    [Fact]
    public void HypeRider_does_not_blow_up_what_is_mostly_hype()
    {
        var bench = new Bench(new HypeRider(Chance));
        bench.Ticks(4);
        var said = Enumerable.Range(0, 60).Select(_ => bench.Tick(price: 3, hype: 2)).Where(done => done.StartsWith("GIBB ")).ToList();
        said.ShouldNotBeEmpty();
        said.ShouldAllBe(gibb => Points(gibb) < 0);
    }

    [Fact]
    public void Gambler_does_as_its_dice_say_and_the_same_again_with_the_same_dice()
    {
        var once = new Bench(new Gambler(Chance), 100, 100).Ticks(100);
        new Bench(new Gambler(Chance), 100, 100).Ticks(100).ShouldBe(once);
        new Bench(new Gambler(new ChanceStream(1)), 100, 100).Ticks(100).ShouldNotBe(once);
        foreach (var kind in new[] { "BUY", "SELL", "FEED", "INVEST" }) { once.ShouldContain(done => done.StartsWith(kind)); }
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void No_temperament_asks_for_what_would_be_refused_or_lets_itself_be_bailed_out(string name)
    {
        var bench = new Bench(Temperaments.Find(name)!.Create(Chance));
        var dice = new Dice(new ChanceStream(7));
        for (var i = 0; i < 5_000; i++)
        {
            bench.Tick(0.01 + (dice.Uniform() * 3), 0.9 + (dice.Uniform() * 0.2), dice.Uniform());
            if (dice.Below(3) == 0) { bench.HomeTimes(0.9 + (dice.Uniform() * 0.2)); }
        }
        bench.Refusals.ShouldBeEmpty();
        bench.State.Bailouts.ShouldBe(0);
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void No_temperament_does_anything_with_nothing(string name) =>
        new Bench(Temperaments.Find(name)!.Create(Chance), 0, 0).Ticks(50).ShouldAllBe(done => done == "" || done.StartsWith("GIBB"));

    public static TheoryData<string> Names => [.. Temperaments.All.Select(temperament => temperament.Name)];

    [Theory]
    [MemberData(nameof(Names))]
    public void A_tick_that_leads_to_nothing_allocates_nothing(string name)
    {
        AllocatedBy(name); // what is made once for all of a kind
        AllocatedBy(name).ShouldBe(0);
    }

    private static long AllocatedBy(string name)
    {
        var player = new Player(Temperaments.Find(name)!.Create(Chance), Bench.Trader, "1", 1_000, new Deaf());
        player.Seated(default);
        player.Priced(Tick(1));
        var before = GC.GetAllocatedBytesForCurrentThread();
        for (var seq = 2; seq < 1_000; seq++) { player.Priced(Tick(seq)); }
        return GC.GetAllocatedBytesForCurrentThread() - before;
    }

    /// <summary>Ticks alike until what is done begins so.</summary>
    private static string Until(Bench bench, string begins, double price) =>
        Enumerable.Range(0, 40).Select(_ => bench.Tick(price)).First(done => done.StartsWith(begins, StringComparison.Ordinal));

    private static int Points(string gibb) => GibbScorer.Points(gibb, GibberRules.Default);

    private static PriceTick Tick(long seq) => PriceTick.BeforeTheFirst(new Timestamp(seq)) with { Seq = seq };

    private sealed class Deaf : IClerk
    {
        public bool TrySend(in TraderCommand command, long number) => false;

        public bool TryPost(string text) => false;
    }
}
