using Market.Actors.Tests.Runtime;
using Market.Protocol.Messages;
using Market.Protocol.Values;
using static Market.Actors.Tests.Runtime.TestMarket;

namespace Market.Actors.Tests.Views;

public class MarketViewTests
{
    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void A_view_and_its_shards_keep_one_key_of_each_trader(bool recovered)
    {
        var market = Running();
        for (var i = 0; i < 100; i++) { market.Join(new TraderKey("DRILL", $"{recovered} {i}")); }
        if (recovered) { market = market.Restarted(); }
        var kept = market.Host.Engine.Shards.SelectMany(shard => Enumerable.Range(0, shard.State.Traders.Count).Select(slot => shard.State.Traders[slot].Key));
        market.View.Board(100, default).Traders.Count(row => kept.Any(key => ReferenceEquals(key, row.Trader))).ShouldBe(100);
    }

    [Fact]
    public void The_last_ticks_are_kept_and_no_more()
    {
        var market = Small();
        market.Host.Advance(20_000);
        market.View.PricesFrom(0, 100).Select(tick => tick.Seq).ShouldBe([17L, 18, 19, 20, 21]);
        market.View.Summary.Price.Seq.ShouldBe(21);
    }

    [Theory]
    [InlineData(long.MinValue, 100, new long[] { 17, 18, 19, 20, 21 })]
    [InlineData(16, 100, new long[] { 17, 18, 19, 20, 21 })]
    [InlineData(18, 100, new long[] { 18, 19, 20, 21 })]
    [InlineData(18, 2, new long[] { 18, 19 })]
    [InlineData(21, 100, new long[] { 21 })]
    [InlineData(22, 100, new long[] { })]
    [InlineData(long.MaxValue, 100, new long[] { })]
    [InlineData(0, 0, new long[] { })]
    public void Ticks_are_given_from_a_number_on(long fromSeq, int limit, long[] seqs)
    {
        var market = Small();
        market.Host.Advance(20_000);
        market.View.PricesFrom(fromSeq, limit).Select(tick => tick.Seq).ShouldBe(seqs);
    }

    [Fact]
    public void Before_the_first_tick_there_is_none() => new TestEngine().Add(Quiet).View.PricesFrom(0, 10).ShouldBeEmpty();

    [Fact]
    public void Running_time_goes_on_while_running_and_stands_still_in_a_pause()
    {
        var market = Running();
        market.Host.Advance(5_000);
        var running = Elapsed(market);
        market.Host.Advance(1_500);
        Elapsed(market).ShouldBe(running + 1_500);
        Elapsed(market.Restarted()).ShouldBe(running + 1_500);

        market.Move(MarketAction.Pause);
        market.Host.Advance(60_000);
        Elapsed(market).ShouldBe(running + 1_500);

        market.Move(MarketAction.Resume);
        market.Host.Advance(500);
        Elapsed(market).ShouldBe(running + 2_000);
        market.Move(MarketAction.End);
        market.Host.Advance(1_000);
        Elapsed(market).ShouldBe(running + 2_000);
    }

    [Fact]
    public void The_last_gibbs_are_kept_and_no_more()
    {
        var market = Small();
        market.View.LastGibbs(10).ShouldBeEmpty();
        for (var i = 1; i <= 10; i++) { market.Say("zoé", $"banana {i}"); }
        market.View.LastGibbs(10).Select(gibb => gibb.Number).ShouldBe([8L, 9, 10]);
        market.View.LastGibbs(2).Select(gibb => gibb.Number).ShouldBe([9L, 10]);
        market.View.LastGibbs(0).ShouldBeEmpty();
        market.Heard.OfType<Gibb>().Count().ShouldBe(10); // listeners heard them all
    }

    [Fact]
    public void The_board_shows_every_team_and_as_many_traders_as_were_asked_for()
    {
        var market = Small();
        market.Join(Alice);
        market.Join(Bob);
        market.Do(Alice, TraderCommand.Feed("t1", 2));
        market.Do(Bob, TraderCommand.Feed("t1", 3));
        var board = market.View.Board(1, new Timestamp(5));
        (board.Market, board.Time, board.Final).ShouldBe((Quiet.Market, new Timestamp(5), false));
        board.Traders.ShouldBe([new TraderRow(1, Bob, market.Live(Bob))]);
        board.Teams.Select(team => (team.Rank, team.Team, team.Score)).ShouldBe(
            [(1, "ALOUATE", 3L), (2, "BONOBO", 2), (3, "CAPUCIN", 0), (3, "DRILL", 0), (3, "SAGOUIN", 0)]);
    }

    [Fact]
    public void The_boards_number_grows_with_every_change_and_with_nothing_else()
    {
        var market = Small();
        Changes(() => market.Join(Alice)).ShouldBe(1);
        Changes(() => market.Do(Alice, TraderCommand.Feed("t1", 1))).ShouldBe(1);
        Changes(() => market.Do(Alice, TraderCommand.Feed("t1", 1))).ShouldBe(0); // a duplicate
        Changes(() => market.Do(Alice, TraderCommand.Feed("t2", 99))).ShouldBe(0); // a refusal
        Changes(() => market.Host.Advance(5_000)).ShouldBe(0);
        Changes(() => market.Do(Alice, TraderCommand.Invest("t3", Coins.Whole(1)))).ShouldBe(1);
        Changes(() => market.Host.Advance(5_000)).ShouldBe(1); // it came home
        market.View.Board(1, default).Seq.ShouldBe(market.View.BoardChanges);

        long Changes(Action act)
        {
            var before = market.View.BoardChanges;
            act();
            return market.View.BoardChanges - before;
        }
    }

    [Fact]
    public void A_trader_that_did_not_join_is_not_seen() => Small().View.Trader(Alice).ShouldBeNull();

    [Fact]
    public void The_summary_says_how_the_market_stands()
    {
        var market = Small();
        market.Join(Alice);
        market.Do(Alice, TraderCommand.Invest("t1", Coins.Whole(1)));
        market.View.Summary.ShouldSatisfyAllConditions(
            s => s.Status.ShouldBe(MarketStatus.Running), s => s.Traders.ShouldBe(1), s => s.InFlight.ShouldBe(1), s => s.ElapsedMs.ShouldBe(0));
        market.Host.Advance(1_500);
        market.Move(MarketAction.Pause);
        market.View.Summary.ShouldSatisfyAllConditions(
            s => s.Status.ShouldBe(MarketStatus.Paused), s => s.InFlight.ShouldBe(0), s => s.ElapsedMs.ShouldBe(1_500));
        market.View.Status.ShouldBe(MarketStatus.Paused);
        market.Heard.OfType<MarketStatus>().ShouldBe([MarketStatus.Running, MarketStatus.Paused]);
    }

    /// <summary>A running market whose view keeps five ticks and three gibbs.</summary>
    private static TestMarket Small()
    {
        var market = new TestEngine().Add(Quiet with { Gibber = new() { MaxCountedPerMinute = 1_000 } }, prices: 5, gibbs: 3);
        market.Ask(tag => new Actors.Answers.OpenMarket(Seed, market.Answers, tag));
        market.Move(MarketAction.Start);
        return market;
    }

    private static long Elapsed(TestMarket market) => market.View.Summary.ElapsedAt(market.Host.Now);
}
