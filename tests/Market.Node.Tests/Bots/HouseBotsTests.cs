using Market.Actors.Bots;
using Market.Actors.Journal;
using Market.Node.Bots;
using Market.Node.Config;
using Market.Protocol.Messages;
using Market.Protocol.Values;

namespace Market.Node.Tests.Bots;

public class HouseBotsTests
{
    private static readonly IReadOnlyList<TraderKey> Eight =
        [.. HouseNames.Cast(8, ["ALOUATE", "BONOBO", "CAPUCIN", "DRILL", "SAGOUIN"]).Select(trader => trader.Key)];

    [Fact]
    public async Task All_have_joined_when_the_start_returns()
    {
        using var house = await House.OpenAsync(new BotOptions(8));
        Eight.ShouldAllBe(trader => house.State(trader) != null);
        house.Market.View.Summary.Traders.ShouldBe(8);
        await house.CloseAsync();
    }

    [Fact]
    public async Task They_feed_monkeys_and_people_talk()
    {
        using var house = await House.OpenAsync(new BotOptions(8));
        await house.UntilAsync(() => Eight.Count(trader => house.State(trader)!.Value.FedMonkeys > 1) >= 5, "five feed");
        await house.UntilAsync(() => house.Market.View.LastGibbs(100).Any(gibb => Eight.All(trader => trader.Name != gibb.Author)), "somebody else talks");
        house.Market.View.LastGibbs(100).ShouldAllBe(gibb => gibb.Source == "bot");
        await house.CloseAsync();
    }

    [Fact]
    public async Task A_house_of_none_joins_nobody_says_nothing_and_sets_no_timer()
    {
        using var house = await House.OpenAsync(new BotOptions(0));
        await house.TicksAsync(60);
        house.Time.Timers.ShouldBe(0);
        house.Market.View.Summary.Traders.ShouldBe(0);
        house.Market.View.LastGibbs(10).ShouldBeEmpty();
        await house.CloseAsync();
    }

    [Fact]
    public async Task After_a_restart_the_same_traders_go_on_and_no_txnId_is_used_again()
    {
        using var journal = new MemoryJournal();
        var time = new ManualTime();
        var fed = 0L;
        for (var start = 0; start < 3; start++)
        {
            using var house = await House.OpenAsync(new BotOptions(8), journal, time);
            house.Market.View.Summary.Traders.ShouldBe(8);
            house.Market.View.Board(8, default).Traders.Sum(row => row.State.FedMonkeys).ShouldBe(fed);
            await house.UntilAsync(() => Fed(house) >= fed + 8, "eight more are fed");
            await house.CloseAsync();
            fed = Fed(house);
            house.TxnIds().ShouldBeUnique();
            house.TxnIds().Select(StartOf).Distinct().Count().ShouldBe(start + 1);
        }
    }

    [Fact]
    public async Task Nothing_is_traded_while_the_market_is_paused()
    {
        using var house = await House.OpenAsync(new BotOptions(8));
        await house.UntilAsync(() => Fed(house) > 0, "somebody feeds");
        await house.MoveAsync(MarketAction.Pause);
        await house.TicksAsync(3);
        var paused = house.Market.View.BoardChanges;
        await house.TicksAsync(30);
        house.Market.View.BoardChanges.ShouldBe(paused);
        await house.MoveAsync(MarketAction.Resume);
        await house.UntilAsync(() => house.Market.View.BoardChanges > paused + 10, "trade goes on");
        await house.CloseAsync();
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_journal_that_fails_for_a_while_is_waited_for_and_nothing_is_done_twice(bool keptThough)
    {
        using var journal = new FailingJournal(keptThough);
        using var house = await House.OpenAsync(new BotOptions(8), journal);
        await house.UntilAsync(() => Fed(house) > 0, "somebody feeds");
        for (var round = 0; round < 10; round++)
        {
            var (fed, before) = (Fed(house), house.Market.View.BoardChanges);
            journal.FailAfter(turns: 5);
            await house.UntilAsync(() => journal.HasFailed, "the journal fails");
            await house.TicksAsync(5);
            journal.Recover();
            await house.UntilAsync(() => Fed(house) >= fed && house.Market.View.BoardChanges > before + 10, "trade goes on");
        }
        await house.CloseAsync();
        house.TxnIds().ShouldBeUnique();
    }

    [Fact]
    public async Task Those_who_could_not_join_at_the_start_join_later()
    {
        using var journal = new FailingJournal(keptThough: false);
        using var house = await House.OpenAsync(new BotOptions(0), journal);
        journal.FailAfter(turns: 0);
        using var late = house.Another(new BotOptions(8));
        await late.StartAsync(default);
        house.Market.View.Summary.Traders.ShouldBe(0);
        journal.Recover();
        await house.UntilAsync(() => house.Market.View.Summary.Traders == 8, "all joined");
        await house.UntilAsync(() => Fed(house) > 0, "somebody feeds");
        await late.StopAsync(default);
        await house.CloseAsync();
    }

    [Fact]
    public async Task After_the_stop_nothing_is_sent_and_no_timer_is_left()
    {
        using var house = await House.OpenAsync(new BotOptions(8));
        await house.UntilAsync(() => Fed(house) > 0, "somebody feeds");
        await house.Bots.StopAsync(default);
        house.Time.Timers.ShouldBe(0);
        await house.TicksAsync(3);
        var stopped = house.Market.View.Board(8, default).Traders.Select(row => (row.State.Shares, row.State.FedMonkeys)).ToList();
        await house.TicksAsync(30);
        house.Market.View.Board(8, default).Traders.Select(row => (row.State.Shares, row.State.FedMonkeys)).ShouldBe(stopped);
    }

    [Fact]
    public async Task A_file_of_gibbs_is_replayed_also_without_bots()
    {
        var file = Path.Combine(Path.GetTempPath(), $"{Guid.NewGuid():n}.jsonl");
        await File.WriteAllLinesAsync(file, Enumerable.Range(0, 10).Select(i => $$"""{"time":"2018-03-20T12:00:0{{i}}Z","author":"jane","text":"banana {{i}}"}"""));
        using var house = await House.OpenAsync(new BotOptions(0, file, GibbsSpeed: 2));
        await house.UntilAsync(() => house.Market.View.LastGibbs(20).Count == 10, "all ten are posted");
        house.Market.View.LastGibbs(20).Select(gibb => (gibb.Author, gibb.Text, gibb.Source)).ShouldBe(Enumerable.Range(0, 10).Select(i => ("jane", $"banana {i}", "replay")));
        await house.CloseAsync();
        File.Delete(file);
    }

    [Fact]
    public async Task A_file_that_cannot_be_replayed_fails_the_start() =>
        await Should.ThrowAsync<GibbsFileException>(House.OpenAsync(new BotOptions(8, "no-such-file.jsonl")));

    [Theory]
    [InlineData(-1)]
    [InlineData(1_001)]
    public async Task A_number_of_bots_out_of_range_fails_the_start(int count) =>
        await Should.ThrowAsync<ArgumentOutOfRangeException>(House.OpenAsync(new BotOptions(count)));

    /// <summary>What is between the name and the number.</summary>
    private static string StartOf(string txnId) => string.Join('-', txnId.Split('-')[2..^1]);

    private static long Fed(House house) => house.Market.View.Board(8, default).Traders.Sum(row => row.State.FedMonkeys);
}
