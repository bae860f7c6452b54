using Market.Actors.Audit;
using Market.Actors.Journal;
using Market.Actors.Prices;
using Market.Actors.Runtime;
using Market.Actors.Tests.Runtime;
using Market.Protocol.Messages;
using Market.Protocol.Values;
using Market.Protocol.Wire;

namespace Market.Actors.Tests.Audit;

/// <summary>An audit must say yes to what the engine wrote, and no, with the right number, to each thing an engine must never write.</summary>
public class JournalAuditTests
{
    private static readonly MarketRules Rules = TestMarket.Quiet with { Price = PriceRules.Default };
    private static readonly TraderEvent Buy = new(TraderEventType.Bought, CommandType.Buy, 1, Coins.Zero, Status.Accepted, false, null);

    [Fact]
    public void All_holds_of_a_game_that_was_played()
    {
        var market = Played();
        var report = new JournalAudit(market.Host.Journal, Rules).Run();
        report.Findings.Kept.ShouldBeEmpty();
        report.Traders.ShouldBe(2);
        report.Findings.Checks.ShouldAllBe(count => count > 0, "every one of the nine was looked at, the snapshots too");
    }

    [Fact]
    public void A_trade_at_another_price_is_found() =>
        Found(market => Write(market, TestMarket.Alice, Buy with { Price = market.View.Summary.Price.Price + new Coins(1) }, "x")).ShouldContain(8);

    [Fact]
    public void A_second_answer_to_one_txnId_is_found() =>
        Found(market => Write(market, TestMarket.Alice, Buy with { Price = market.View.Summary.Price.Price }, "buy")).ShouldContain(4);

    [Fact]
    public void A_purchase_that_was_not_paid_for_is_found_where_it_stands() =>
        Found(market => Write(market, TestMarket.Alice, Buy with { Price = market.View.Summary.Price.Price, Amount = 900 }, "x")).ShouldContain(0);

    [Fact]
    public void An_undeserved_bailout_is_found() =>
        Found(market => Write(market, TestMarket.Alice, Buy with { Price = market.View.Summary.Price.Price, BailedOut = true }, "x")).ShouldContain(9);

    [Fact]
    public void A_refusal_that_was_none_is_found() =>
        Found(market => Write(market, TestMarket.Alice, new TraderEvent(TraderEventType.Refused, CommandType.Feed, 1, Coins.Zero, Status.InsufficientShares, false, null), "x")).ShouldContain(9);

    [Fact]
    public void An_investment_that_comes_home_twice_is_found() => Found(market =>
    {
        Write(market, TestMarket.Alice, new TraderEvent(TraderEventType.Invested, CommandType.Invest, 1_000_000, Coins.Zero, Status.Accepted, false, null), "again");
        Write(market, TestMarket.Alice, new TraderEvent(TraderEventType.Returned, default, 1_150_000, Coins.Zero, Status.Accepted, false, null), "again");
    }).ShouldContain(5);

    [Fact]
    public void A_price_that_the_seed_does_not_draw_is_found() => Found(market =>
    {
        var last = market.View.Summary.Price;
        var state = market.Host.Engine.Shards.Single(shard => shard.State.Shard == shard.State.Placement.PriceShard).State.Price;
        Write(market, market.Host.Engine.Shards[0].State.Placement.PriceShard, new PriceTicked(last with { Seq = last.Seq + 1, Base = last.Base * 1.5 }, state.Ema!.Value, state.NextTickMs + 1_000));
    }).ShouldContain(9);

    [Fact]
    public void A_price_of_nowhere_on_a_floor_is_found() =>
        Found(market => Write(market, 3, new FloorPriced(1_000, Coins.Whole(7)))).ShouldContain(8);

    [Fact]
    public void Mail_that_was_never_sent_is_found() =>
        Found(market => Write(market, 3, new MessagesReceived(5, 1_000))).ShouldContain(8);

    [Fact]
    public void A_snapshot_of_another_state_is_found()
    {
        var market = Played();
        var other = Played(commands: 3);
        var stream = market.Host.Engine.Shards.Single(shard => shard.State.Traders.TryFind(TestMarket.Alice, out _)).Stream;
        other.Host.Engine.SaveSnapshots();
        var wrong = other.Host.Journal.LatestSnapshot(stream)!;
        var next = market.Host.Engine.Shards.Single(shard => shard.Stream == stream);
        market.Host.Journal.Save([wrong with { NextSequence = next.NextSequence }]);
        new JournalAudit(market.Host.Journal, Rules).Run().Findings.Kept.Select(finding => finding.Invariant).ShouldContain(6);
    }

    private static TestMarket Played(int commands = 2)
    {
        var market = TestMarket.Running(Rules);
        market.Join(TestMarket.Alice);
        market.Join(TestMarket.Bob);
        market.Do(TestMarket.Alice, TraderCommand.Buy("buy", commands));
        market.Do(TestMarket.Bob, TraderCommand.Invest("invest", Coins.Whole(2)));
        market.Do(TestMarket.Bob, TraderCommand.Feed("feed", 100)).Status.ShouldBe(Status.InsufficientShares);
        market.Host.Engine.SaveSnapshots();
        for (var tick = 0; tick < 20; tick++) { market.Host.Advance(1_000); }
        market.View.Trader(TestMarket.Bob)!.Value.InFlightInvestments.ShouldBe(0);
        return market;
    }

    private static List<int> Found(Action<TestMarket> tamper)
    {
        var market = Played();
        tamper(market);
        return [.. new JournalAudit(market.Host.Journal, Rules).Run().Findings.Kept.Select(finding => finding.Invariant).Distinct()];
    }

    private static void Write(TestMarket market, TraderKey trader, in TraderEvent happened, string txnId)
    {
        var shard = market.Host.Engine.Shards.Single(one => one.State.Traders.TryFind(trader, out _));
        shard.State.Traders.TryFind(trader, out var slot);
        var it = happened;
        Append(market, shard.State.Shard, to => EventWriter.Write(to, slot, it, txnId));
    }

    private static void Write(TestMarket market, int shard, MarketEvent happened) => Append(market, shard, to => EventWriter.Write(to, happened));

    /// <summary>Appends a sound turn that no engine decided.</summary>
    private static void Append(TestMarket market, int shard, Action<BytesWriter> write)
    {
        var stream = new StreamId(Rules.Market, shard);
        var turns = market.Host.Journal.Read(new Dictionary<StreamId, long> { [stream] = 1 }).Select(turn => turn with { Bytes = turn.Bytes.ToArray() }).ToList();
        var before = TurnFormat.Open(turns[^1].Bytes.Span);
        var bytes = new BytesWriter();
        bytes.Take(TurnFormat.HeaderLength);
        write(bytes);
        TurnFormat.Seal(bytes.Patch(0, bytes.Length), new TurnHeader(shard, turns[^1].NextSequence, 1, market.Host.Now, before.Checksum, 0));
        market.Host.Journal.Append([new JournaledTurn(stream, turns[^1].NextSequence, 1, bytes.WrittenMemory)]);
    }
}
