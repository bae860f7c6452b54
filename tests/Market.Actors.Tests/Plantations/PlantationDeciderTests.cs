using Market.Actors.Chance;
using Market.Actors.Clock;
using Market.Actors.Plantations;
using Market.Protocol.Messages;
using Market.Protocol.Values;

namespace Market.Actors.Tests.Plantations;

public class PlantationDeciderTests
{
    private static readonly TraderKey Alice = new("BONOBO", "alice");
    private static readonly PlantationDecider Decider = new(PlantationRules.Default, new ChanceStream(5));

    [Fact]
    public void The_wait_counts_all_coins_ever_invested_this_one_included()
    {
        var state = new PlantationState();
        Plant(state, 100, marketMs: 0).ShouldSatisfyAllConditions(p => p.Total.ShouldBe(Coins.Whole(100)), p => p.DueMs.ShouldBe(1_000));
        Plant(state, 50, marketMs: 200).ShouldSatisfyAllConditions(p => p.Total.ShouldBe(Coins.Whole(150)), p => p.DueMs.ShouldBe(1_700));
        state.Evolve(new Harvested(1));
        Plant(state, 1, marketMs: 2_000).DueMs.ShouldBe(3_510); // what came home counts as well
        Plant(state, 10_000, marketMs: 3_000).DueMs.ShouldBe(63_000); // never longer than a minute
    }

    [Fact]
    public void The_harvest_is_drawn_once_by_the_number_of_the_planting()
    {
        var state = new PlantationState();
        for (var number = 0; number < 50; number++)
        {
            var planted = Plant(state, 400, marketMs: 0);
            planted.Multiplier.ShouldBe(PlantationFormula.Multiplier(planted.Total, new ChanceStream(5).Normal(number), PlantationRules.Default));
            planted.Harvest.ShouldBe(PlantationFormula.Harvest(Coins.Whole(400), planted.Multiplier));
            (planted.Trader, planted.TxnId, planted.Amount).ShouldBe((Alice, "t", Coins.Whole(400)));
        }
        state.Planted.ShouldBe(50);
    }

    [Fact]
    public void A_total_that_would_not_fit_stands_still()
    {
        var state = PlantationState.Restore(3, new Coins(long.MaxValue - 5), []);
        Decider.Plant(state, new Plant(Alice, "t", new Coins(5)), 0).Total.ShouldBe(new Coins(long.MaxValue));
        Decider.Plant(state, new Plant(Alice, "t", new Coins(6)), 0).Total.ShouldBe(new Coins(long.MaxValue - 5));
    }

    [Fact]
    public void What_is_due_first_comes_home_first_and_of_two_the_one_planted_first()
    {
        var state = new PlantationState();
        foreach (var dueMs in new[] { 300L, 100, 200, 100 })
        {
            state.Evolve(new Planted(Alice, $"t{dueMs}", Coins.Whole(1), Coins.Whole(1), 1, Coins.Whole(1), dueMs));
        }
        state.InOrder().Select(growing => growing.Number).ShouldBe([2, 4, 3, 1]);
        foreach (var number in new[] { 2, 4, 3, 1 })
        {
            state.Next!.Value.Number.ShouldBe(number);
            state.Evolve(new Harvested(number)).Number.ShouldBe(number);
        }
        state.Next.ShouldBeNull();
        state.InFlight.ShouldBe(0);
    }

    [Fact]
    public void Only_what_grows_and_comes_next_can_be_harvested()
    {
        var state = new PlantationState();
        Should.Throw<InvariantBrokenException>(() => state.Evolve(new Harvested(1)));
        Plant(state, 1, 0);
        Plant(state, 1, 0);
        Should.Throw<InvariantBrokenException>(() => state.Evolve(new Harvested(2)));
    }

    [Theory]
    [InlineData(MarketStatus.Running, 1_499, false)]
    [InlineData(MarketStatus.Running, 1_500, true)] // 500 ms ran before, 1,000 since
    [InlineData(MarketStatus.Running, 9_999, true)]
    [InlineData(MarketStatus.Paused, 9_999, false)]
    [InlineData(MarketStatus.Open, 9_999, false)]
    [InlineData(MarketStatus.Ended, 0, true)] // at the end all come home
    public void An_investment_comes_home_when_it_is_due_in_market_time(MarketStatus status, long nowMs, bool due)
    {
        var state = new PlantationState();
        state.Evolve(new Planted(Alice, "t", Coins.Whole(1), Coins.Whole(1), 1, Coins.Whole(1), DueMs: 1_500));
        PlantationDecider.IsDue(state, new MarketClock(status, 500, new Timestamp(500)), new Timestamp(nowMs)).ShouldBe(due);
    }

    [Fact]
    public void Nothing_is_due_where_nothing_grows() =>
        PlantationDecider.IsDue(new PlantationState(), new MarketClock(MarketStatus.Ended, 0, default), default).ShouldBeFalse();

    [Fact]
    public void A_restored_plantation_goes_on_where_it_was()
    {
        var state = new PlantationState();
        for (var i = 0; i < 10; i++) { Plant(state, 100 - i, i); }
        state.Evolve(new Harvested(state.Next!.Value.Number));
        var restored = PlantationState.Restore(state.Planted, state.Total, state.InOrder());
        restored.InOrder().ShouldBe(state.InOrder());
        Plant(restored, 7, 50).ShouldBe(Plant(state, 7, 50));
    }

    private static Planted Plant(PlantationState state, long coins, long marketMs)
    {
        var planted = Decider.Plant(state, new Plant(Alice, "t", Coins.Whole(coins)), marketMs);
        state.Evolve(planted);
        return planted;
    }
}
