using Market.Actors.Answers;
using Market.Actors.Journal;
using Market.Protocol.Messages;
using Market.Protocol.Values;
using static Market.Actors.Tests.Runtime.TestMarket;

namespace Market.Actors.Tests.Runtime;

/// <summary>Which shard an actor lives on depends on how many there are: a market keeps the number it was opened with.</summary>
public class ShardCountTests
{
    private static readonly int[] Counts = [1, 2, 3, 4, 5, 7, 8, 12, 15, 16, 17, 24, 32, 64];

    [Fact]
    public void A_journal_of_another_number_of_shards_is_refused()
    {
        foreach (var (begun, asked) in from begun in Counts from asked in Counts where begun != asked select (begun, asked))
        {
            Recovering(Played(begun, withSnapshots: false), asked).ShouldThrow<JournalCorruptException>($"{begun} → {asked}").Message.ShouldContain("the number of shards it was opened with", Case.Sensitive);
        }
    }

    [Fact]
    public void Snapshots_of_another_number_of_shards_are_refused()
    {
        foreach (var (begun, asked) in from begun in Counts from asked in Counts where begun != asked select (begun, asked))
        {
            Recovering(Played(begun, withSnapshots: true), asked).ShouldThrow<JournalCorruptException>($"{begun} → {asked}");
        }
    }

    [Fact]
    public void A_market_that_was_opened_and_nothing_more_keeps_its_number_as_well()
    {
        foreach (var (begun, asked) in from begun in Counts from asked in Counts where begun != asked select (begun, asked))
        {
            var market = new TestEngine().Add(Quiet with { Shards = begun });
            market.Region.TryAsk(new OpenMarket(Seed, market.Answers, 1));
            market.Host.Engine.Round(market.Host.Now);
            market.Host.Journal.Streams().Count.ShouldBe(1);
            Recovering(market.Host.Journal, asked).ShouldThrow<JournalCorruptException>($"{begun} → {asked}");
        }
    }

    [Fact]
    public void The_number_it_was_begun_with_is_taken()
    {
        foreach (var count in Counts)
        {
            Should.NotThrow(Recovering(Played(count, withSnapshots: false), count));
            Should.NotThrow(Recovering(Played(count, withSnapshots: true), count));
        }
    }

    [Fact]
    public void Traders_that_joined_before_the_market_was_opened_do_not_bar_the_way()
    {
        var market = new TestEngine().Add(Quiet);
        market.Join(Alice).Taken.ShouldBeFalse();
        var again = market.Restarted();
        again.Join(Alice).Taken.ShouldBeTrue();
        again.Ask(tag => new OpenMarket(Seed, again.Answers, tag)).ShouldBe(new Moved(true, MarketStatus.Open));
        again.Restarted().View.Summary.Traders.ShouldBe(1);
    }

    private static IJournal Played(int shards, bool withSnapshots)
    {
        var market = Running(Quiet with { Shards = shards });
        market.Join(Alice);
        market.Do(Alice, TraderCommand.Invest("t1", Coins.Whole(1)));
        market.Host.Advance(1_000);
        if (withSnapshots) { market.Host.Engine.SaveSnapshots(); }
        return market.Host.Journal;
    }

    private static Func<TestMarket> Recovering(IJournal journal, int shards) => () => new TestEngine(journal).Add(Quiet with { Shards = shards });
}
