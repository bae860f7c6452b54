using Market.Actors.Clock;
using Market.Protocol.Messages;
using Market.Protocol.Values;

namespace Market.Actors.Tests.Clock;

public class MarketDeciderTests
{
    private static readonly Timestamp Since = new(10_000);
    private static readonly Timestamp Now = new(12_500);

    /// <summary>All of them: from where, what is asked, where to, how long the market has run then.</summary>
    [Theory]
    [InlineData(MarketStatus.Open, MarketAction.Start, MarketStatus.Running, 700)]
    [InlineData(MarketStatus.Open, MarketAction.Pause, null, 0)]
    [InlineData(MarketStatus.Open, MarketAction.Resume, null, 0)]
    [InlineData(MarketStatus.Open, MarketAction.End, MarketStatus.Ended, 700)]
    [InlineData(MarketStatus.Running, MarketAction.Start, null, 0)]
    [InlineData(MarketStatus.Running, MarketAction.Pause, MarketStatus.Paused, 3_200)]
    [InlineData(MarketStatus.Running, MarketAction.Resume, null, 0)]
    [InlineData(MarketStatus.Running, MarketAction.End, MarketStatus.Ended, 3_200)]
    [InlineData(MarketStatus.Paused, MarketAction.Start, null, 0)]
    [InlineData(MarketStatus.Paused, MarketAction.Pause, null, 0)]
    [InlineData(MarketStatus.Paused, MarketAction.Resume, MarketStatus.Running, 700)]
    [InlineData(MarketStatus.Paused, MarketAction.End, MarketStatus.Ended, 700)]
    [InlineData(MarketStatus.Ended, MarketAction.Start, null, 0)]
    [InlineData(MarketStatus.Ended, MarketAction.Pause, null, 0)]
    [InlineData(MarketStatus.Ended, MarketAction.Resume, null, 0)]
    [InlineData(MarketStatus.Ended, MarketAction.End, null, 0)]
    public void The_organiser_moves_the_game_on(MarketStatus from, MarketAction action, MarketStatus? to, long elapsedMs)
    {
        var state = new MarketState(16, 7, new MarketClock(from, 700, Since));
        var moved = MarketDecider.Decide(state, action, Now);
        moved.ShouldBe(to is { } status ? new MarketMoved(status, elapsedMs) : null);
        if (moved is null) { return; }
        state.Evolve(moved, Now).ShouldBe(state with { Clock = new MarketClock(to!.Value, elapsedMs, Now) });
    }

    [Fact]
    public void Opening_keeps_the_seed_and_the_shards_for_good()
    {
        MarketState.Unopened.IsOpened.ShouldBeFalse();
        var opened = MarketState.Unopened.Evolve(new MarketOpened(MarketId.Of("banana"), 42, 16, ""), Now);
        opened.ShouldBe(new MarketState(16, 42, new MarketClock(MarketStatus.Open, 0, Now)));
        opened.IsOpened.ShouldBeTrue();
    }

    [Theory]
    [InlineData(MarketStatus.Open, 700)]
    [InlineData(MarketStatus.Running, 3_200)]
    [InlineData(MarketStatus.Paused, 700)]
    [InlineData(MarketStatus.Ended, 700)]
    public void Only_while_the_market_runs_its_time_passes(MarketStatus status, long marketMs)
    {
        var clock = new MarketClock(status, 700, Since);
        clock.At(Now).ShouldBe(marketMs);
        clock.When(1_000).ShouldBe(status is MarketStatus.Running ? Since.Plus(300) : null);
    }

    [Fact]
    public void A_machine_whose_clock_goes_back_does_not_take_market_time_back() =>
        new MarketClock(MarketStatus.Running, 700, Since).At(Since.Plus(-5_000)).ShouldBe(700);
}
