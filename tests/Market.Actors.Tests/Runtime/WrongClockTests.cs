using Market.Protocol.Messages;
using Market.Protocol.Values;
using static Market.Actors.Tests.Runtime.TestMarket;

namespace Market.Actors.Tests.Runtime;

/// <summary>The machine's clock may be set back; a market's time never goes back.</summary>
public class WrongClockTests
{
    private readonly TestMarket _market = Running();

    [Fact]
    public void What_happens_after_the_clock_was_set_back_happens_no_earlier_than_what_happened_before()
    {
        _market.Join(Alice);
        _market.Host.Advance(5_000);
        var before = _market.Do(Alice, TraderCommand.Feed("t1", 1)).State!.Value.Time;
        _market.Host.Now = _market.Host.Now.Plus(-3_600_000);
        _market.Do(Alice, TraderCommand.Feed("t2", 1)).State!.Value.Time.ShouldBe(before);
        _market.Say("zoé", "good banana").Time.ShouldBeGreaterThanOrEqualTo(before);
        _market.Move(MarketAction.Pause).Done.ShouldBeTrue();
        _market.View.Summary.ElapsedMs.ShouldBe(5_000);
        _market.Restarted().Live(Alice).ShouldBe(_market.Live(Alice)); // and its journal is sound
    }

    [Fact]
    public void What_is_due_waits_until_the_clock_has_caught_up()
    {
        _market.Join(Alice);
        _market.Host.Advance(5_000);
        _market.Do(Alice, TraderCommand.Invest("t1", Coins.Whole(4)));
        _market.Host.Now = _market.Host.Now.Plus(-60_000);
        _market.Host.Advance(60_000);
        _market.View.Summary.Price.Seq.ShouldBe(6); // no tick was drawn twice, and none for the hour that came again
        _market.Live(Alice).InFlightInvestments.ShouldBe(1);
        _market.Host.Advance(1_000);
        _market.View.Summary.Price.Seq.ShouldBe(7);
        _market.Live(Alice).InFlightInvestments.ShouldBe(0);
    }
}
