using Market.Actors.Tests.Runtime;
using Market.Actors.Views;
using Market.Protocol.Messages;
using Market.Protocol.Values;
using static Market.Actors.Tests.Runtime.TestMarket;

namespace Market.Actors.Tests.Views;

/// <summary>What the owner of a shard is to tell the world, heard from the turns as they are shown.</summary>
public sealed class OwnerListenerTests
{
    [Fact]
    public void An_owner_hears_of_each_tick_of_what_traders_did_not_ask_for_and_of_every_change()
    {
        var heard = Hear(Traded());
        heard.Ticks.ShouldBe([1, 2, 3]);
        heard.News.Select(news => (news.Trader, news.Result.Type, news.Result.TxnId)).ShouldBe([(Alice, ResultType.Bailout, "feed"), (Bob, ResultType.Return, "plant")]);
        heard.States.Where(change => change.Trader.Equals(Alice)).Select(change => (change.State.Coins, change.State.Shares, change.State.Bailouts))
            .ShouldBe([(Coins.Whole(3), 12L, 0), (Coins.Whole(13), 5L, 1)]);
        heard.States.Where(change => change.Trader.Equals(Bob)).Select(change => change.State.InFlightInvestments).ShouldBe([1, 0]);
    }

    [Fact]
    public void A_turn_shown_before_is_not_heard_again()
    {
        var market = Traded();
        var (view, again) = (NewView(market), new Heard());
        Show(market, view, null);
        Show(market, view, again);
        (again.Ticks.Count, again.News.Count, again.States.Count).ShouldBe((0, 0, 0));
    }

    /// <summary>Alice buys until she is poor and feeds all she has; Bob invests and gets it back; a refusal changes nobody.</summary>
    private static TestMarket Traded()
    {
        var market = Running();
        market.Join(Alice);
        market.Join(Bob);
        market.Do(Alice, TraderCommand.Buy("buy", 7)).Status.ShouldBe(Status.Accepted);
        market.Do(Alice, TraderCommand.Buy("too much", 100)).Status.ShouldBe(Status.InsufficientCoins);
        market.Do(Alice, TraderCommand.Feed("feed", 12)).Status.ShouldBe(Status.Accepted);
        market.Do(Bob, TraderCommand.Invest("plant", Coins.Whole(1))).Status.ShouldBe(Status.Accepted);
        market.Host.Advance(2_000);
        return market;
    }

    private static Heard Hear(TestMarket market)
    {
        var heard = new Heard();
        Show(market, NewView(market), heard);
        return heard;
    }

    private static MarketView NewView(TestMarket market) => new(market.Rules.Market, market.Rules.Shards, market.Rules.Teams, 100, 100, market);

    private static void Show(TestMarket market, MarketView view, IOwnerListener? owner)
    {
        foreach (var turn in market.Host.Journal.Read(market.Host.Journal.Streams().ToDictionary(stream => stream, _ => 1L))) { view.Committed(turn, owner); }
    }

    private sealed class Heard : IOwnerListener
    {
        public List<long> Ticks { get; } = [];

        public List<(TraderKey Trader, Result Result)> News { get; } = [];

        public List<(TraderKey Trader, TraderState State)> States { get; } = [];

        public void Ticked(MarketId market, in PriceTick tick) => Ticks.Add(tick.Seq);

        public void Told(MarketId market, TraderKey trader, in Result result) => News.Add((trader, result));

        public void Changed(MarketId market, TraderKey trader, in TraderState state) => States.Add((trader, state));
    }
}
