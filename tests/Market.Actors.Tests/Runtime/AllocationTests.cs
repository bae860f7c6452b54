using Market.Actors.Answers;
using Market.Protocol.Messages;
using Market.Protocol.Values;
using static Market.Actors.Tests.Runtime.TestMarket;

namespace Market.Actors.Tests.Runtime;

public class AllocationTests
{
    private const int OrdersOfATurn = 1_000;
    private const int Turns = 1_000;

    /// <summary>From the mailbox to the answer, with all between but the disk: what a door sends costs the collector nothing here.</summary>
    [Fact]
    public void A_million_orders_are_taken_decided_written_down_remembered_and_answered_without_an_allocation()
    {
        var market = Running(Quiet with { Shards = 1 });
        var traders = Enumerable.Range(0, 10).Select(i => new TraderKey("DRILL", $"trader {i}")).ToArray();
        foreach (var trader in traders) { market.Join(trader); }
        var ids = Enumerable.Range(0, 10_000).Select(i => $"order {i}").ToArray(); // each again when it is forgotten
        var (shard, answers, posted) = (market.Shard(0), new CountingSink(), 0);
        for (var warm = 0; warm < 20; warm++) { Turn(); }
        var before = GC.GetAllocatedBytesForCurrentThread();
        for (var turn = 0; turn < Turns; turn++) { Turn(); }
        (GC.GetAllocatedBytesForCurrentThread() - before).ShouldBe(0);
        (answers.Accepted, answers.Others).ShouldBe(((Turns + 20) * OrdersOfATurn, 0));

        void Turn()
        {
            for (var i = 0; i < OrdersOfATurn; i++, posted++)
            {
                var (trader, id) = (traders[posted % traders.Length], ids[posted % ids.Length]);
                var order = posted / traders.Length % 2 == 0 ? TraderCommand.Buy(id, 1) : TraderCommand.Sell(id, 1);
                market.Region.TryTell(trader, order, answers, posted);
            }
            shard.TakeTurn(market.Host.Now);
            shard.Release(market.Host, market.Host.Engine);
        }
    }

    private sealed class CountingSink : IAnswerTo<Result>
    {
        public int Accepted { get; private set; }

        public int Others { get; private set; }

        public void Answer(long tag, in Result answer)
        {
            if (answer.Status is Status.Accepted) { Accepted++; }
            else { Others++; }
        }

        public void Fail(long tag, Failure failure) => Others++;
    }
}
