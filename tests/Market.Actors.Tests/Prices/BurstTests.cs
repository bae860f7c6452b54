using Market.Actors.Chance;
using Market.Actors.Prices;
using Market.Protocol.Messages;
using Market.Protocol.Values;

namespace Market.Actors.Tests.Prices;

public class BurstTests
{
    private static readonly Coins Point = new(10_000);
    private static readonly PriceDecider Decider = new(PriceRules.Default with { Mu = 0, Sigma = 0 }, new ChanceStream(1), new ChanceStream(2));

    [Fact]
    public void A_burst_takes_its_ten_steps_five_seconds_apart_and_is_over()
    {
        var state = Bursting(Coins.Whole(200), atMs: 300);
        var hype = state.Hype;
        for (var step = 0; step < 10; step++)
        {
            state.NextBurstMs.ShouldBe(5_300 + (step * 5_000));
            var stepped = Decider.Burst(state, state.NextBurstMs);
            hype = PriceFormula.AfterStep(hype, BurstSteps.Default[step]);
            stepped.ShouldBe(new BurstStepped(step, hype, step == 9, 10_300 + (step * 5_000)));
            state = state.Evolve(stepped);
            state.BurstStep.ShouldBe(step == 9 ? null : step + 1);
        }
        Should.Throw<InvariantBrokenException>(() => Decider.Burst(state, 60_000));
    }

    [Fact]
    public void Each_step_applies_to_the_hype_as_it_is_then()
    {
        var state = Bursting(Coins.Whole(200), atMs: 0);
        state = state.Evolve(Decider.Hear(state, new TalkHeard(20_000), Point, 100));
        state.Hype.ShouldBe(Coins.Whole(400));
        Decider.Burst(state, 5_000).Hype.ShouldBe(Coins.Whole(380)); // 0.95 of all of it
    }

    [Fact]
    public void A_step_reaches_the_price_at_the_next_tick_without_a_gibb()
    {
        var state = Bursting(Coins.Whole(200), atMs: 0);
        Decider.Tick(state, 1_000, default).Tick.ShouldSatisfyAllConditions(t => t.Price.ShouldBe(Coins.Whole(201)), t => t.Bursting.ShouldBeTrue());
        state = state.Evolve(Decider.Burst(state, 5_000));
        Decider.Tick(state, 5_000, default).Tick.Price.ShouldBe(Coins.Whole(191));
    }

    [Fact]
    public void One_bubble_bursts_at_a_time()
    {
        var state = Bursting(Coins.Whole(200), atMs: 0);
        var rises = state.Rises;
        for (var i = 0; i < 100; i++)
        {
            var heard = Decider.Hear(state, new TalkHeard(100), Point, 1_000 + i);
            (heard.Burst, heard.NextMs).ShouldBe((false, 0));
            state = state.Evolve(heard);
        }
        (state.BurstStep, state.NextBurstMs, state.Rises).ShouldBe((0, 5_000, rises)); // and nothing is drawn meanwhile
    }

    [Fact]
    public void After_a_burst_the_next_may_begin()
    {
        var state = Bursting(Coins.Whole(1_000), atMs: 0);
        for (var step = 0; step < 10; step++) { state = state.Evolve(Decider.Burst(state, state.NextBurstMs)); }
        state.Hype.ShouldBe(new Coins(302_609_261));
        state = state.Evolve(Decider.Hear(state, new TalkHeard(1), Point, 77_000));
        (state.BurstStep, state.NextBurstMs).ShouldBe((0, 82_000));
    }

    [Theory]
    [InlineData(5_000, 5_000, 10_000)]
    [InlineData(5_000, 9_999, 10_000)]
    [InlineData(5_000, 27_000, 30_000)] // one step is taken late, the missed ones after it are not hurried
    public void Steps_stay_on_their_grid(long dueMs, long nowMs, long nextMs) =>
        Decider.Burst(Bursting(Coins.Whole(200), 0) with { NextBurstMs = dueMs }, nowMs).NextMs.ShouldBe(nextMs);

    private static PriceState Bursting(Coins hype, long atMs)
    {
        var state = PriceState.Initial.Evolve(Decider.Hear(PriceState.Initial, new TalkHeard((int)(hype.Micro / Point.Micro)), Point, atMs));
        state.BurstStep.ShouldBe(0);
        return state;
    }
}
