using Market.Actors.Chance;
using Market.Actors.Prices;
using Market.Protocol.Messages;
using Market.Protocol.Values;

namespace Market.Actors.Tests.Prices;

public class PriceDeciderTests
{
    private static readonly PriceRules Still = PriceRules.Default with { Mu = 0, Sigma = 0 };
    private static readonly Timestamp Now = new(1_000_000);

    [Fact]
    public void The_first_tick_forecasts_exactly_one()
    {
        for (var seed = 0UL; seed < 200; seed++)
        {
            var ticked = Decider(seed).Tick(PriceState.Initial with { Hype = new Coins((long)seed * 77_777) }, 0, Now);
            ticked.Tick.Forecast.ShouldBe(1);
            ticked.Tick.Seq.ShouldBe(1);
            ticked.Ema.ShouldBe(ticked.Tick.Price.ToDouble());
        }
    }

    [Fact]
    public void Each_tick_walks_on_from_the_last_by_the_draw_of_its_number()
    {
        var decider = Decider(9);
        var state = PriceState.Initial;
        var (walked, ema) = (1.0, 0.0);
        for (var seq = 1; seq <= 100; seq++)
        {
            var ticked = decider.Tick(state, (seq - 1) * 1_000, Now.Plus(seq));
            state = state.Evolve(ticked);
            walked *= decider.Walk.LogNormal(seq, 0.0001, 0.01);
            ema = seq == 1 ? Coins.Nearest(walked).ToDouble() : (0.9 * ema) + (0.1 * Coins.Nearest(walked).ToDouble());
            ticked.Tick.ShouldBe(new PriceTick(seq, Now.Plus(seq), Coins.Nearest(walked), ticked.Tick.Forecast, walked, Coins.Zero, false));
            ticked.Ema.ShouldBe(ema, 1e-12);
            ticked.Tick.Forecast.ShouldBe(ticked.Ema / ticked.Tick.Price.ToDouble());
            ticked.NextMs.ShouldBe(seq * 1_000);
        }
    }

    [Fact]
    public void Hype_reaches_the_price_at_the_next_tick()
    {
        var decider = Decider(1, Still);
        var state = PriceState.Initial.Evolve(decider.Tick(PriceState.Initial, 0, Now));
        var heard = decider.Hear(state, new TalkHeard(-50), new Coins(10_000), 300);
        heard.ShouldBe(new HypeMoved(-50, new Coins(-500_000), false, 0));
        state = state.Evolve(heard);
        state.Last.Price.ShouldBe(Coins.Whole(1));
        var ticked = decider.Tick(state, 1_000, Now);
        (ticked.Tick.Price, ticked.Tick.Hype).ShouldBe((new Coins(500_000), new Coins(-500_000)));
        ticked.Tick.Forecast.ShouldBeGreaterThan(1); // below its average: expect a rise
    }

    [Fact]
    public void However_gloomy_the_talk_a_share_costs_a_hundredth_of_a_coin() =>
        Decider(1, Still).Tick(PriceState.Initial with { Hype = Coins.Whole(-1_000) }, 0, Now).Tick.Price.ShouldBe(new Coins(10_000));

    [Theory]
    [InlineData(0, 0, 1_000)]
    [InlineData(3_000, 3_000, 4_000)]
    [InlineData(3_000, 3_999, 4_000)]
    [InlineData(3_000, 4_000, 5_000)] // the tick of 4,000 was missed as well
    [InlineData(3_000, 9_500, 10_000)]
    [InlineData(3_000, 100, 4_000)]
    public void Ticks_that_were_missed_are_not_made_up_for(long dueMs, long nowMs, long nextMs) =>
        Decider(1).Tick(PriceState.Initial with { NextTickMs = dueMs }, nowMs, Now).NextMs.ShouldBe(nextMs);

    [Fact]
    public void Hype_at_or_under_zero_never_bursts()
    {
        var decider = Decider(3);
        var state = PriceState.Initial with { Hype = Coins.Whole(-5_000) };
        for (var i = 0; i < 5_000; i++)
        {
            var heard = decider.Hear(state, new TalkHeard(100), new Coins(10_000), 0);
            heard.Burst.ShouldBeFalse();
            state = state.Evolve(heard);
        }
        state.Hype.ShouldBe(Coins.Zero);
        state.Rises.ShouldBe(5_000);
    }

    [Fact]
    public void Hype_of_a_hundred_coins_surely_bursts()
    {
        for (var seed = 0UL; seed < 500; seed++)
        {
            var heard = Decider(seed).Hear(PriceState.Initial with { Hype = Coins.Whole(99) }, new TalkHeard(100), new Coins(10_000), 700);
            heard.ShouldBe(new HypeMoved(100, Coins.Whole(100), true, 5_700));
        }
    }

    [Fact]
    public void Hype_in_between_bursts_as_often_as_the_rules_say()
    {
        var bursts = 0;
        for (var rise = 0; rise < 10_000; rise++)
        {
            var state = PriceState.Initial with { Hype = Coins.Whole(29), Rises = rise };
            if (Decider(4).Hear(state, new TalkHeard(100), new Coins(10_000), 0).Burst) { bursts++; }
        }
        bursts.ShouldBeInRange(2_850, 3_150); // 30 % of 10,000, three standard deviations
    }

    [Fact]
    public void Hype_that_does_not_rise_does_not_burst()
    {
        var state = PriceState.Initial with { Hype = Coins.Whole(500) };
        foreach (var points in new[] { 0, -1, -100 })
        {
            var heard = Decider(1).Hear(state, new TalkHeard(points), new Coins(10_000), 0);
            heard.Burst.ShouldBeFalse();
            state.Evolve(heard).Rises.ShouldBe(0);
        }
    }

    [Fact]
    public void Hype_that_would_not_fit_stays()
    {
        var most = PriceState.Initial with { Hype = new Coins(long.MaxValue - 1) };
        var heard = Decider(1).Hear(most, new TalkHeard(1), new Coins(10_000), 0);
        (heard.Hype, heard.Burst).ShouldBe((most.Hype, false));
        Decider(1).Hear(PriceState.Initial, new TalkHeard(int.MaxValue), new Coins(long.MaxValue), 0).Hype.ShouldBe(Coins.Zero);
    }

    private static PriceDecider Decider(ulong seed, PriceRules? rules = null) =>
        new(rules ?? PriceRules.Default, ChanceStream.For(seed, "walk"), ChanceStream.For(seed, "bubbles"));
}
