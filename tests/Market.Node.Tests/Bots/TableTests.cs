using Market.Actors.Bots;
using Market.Node.Bots;
using Market.Node.Config;
using Market.Node.Doors;
using Market.Protocol.Messages;
using Market.Protocol.Values;
using Microsoft.Extensions.Logging.Abstractions;

namespace Market.Node.Tests.Bots;

/// <summary>Bots that do as they are told here, at a table in a real node.</summary>
public sealed class TableTests : IDisposable
{
    private readonly FailingJournal _journal = new(keptThough: true);
    private readonly ManualTime _time = new();
    private readonly CancellationTokenSource _stop = new();
    private readonly TableWorker _worker;

    public TableTests() => _worker = new TableWorker(_time);

    public void Dispose()
    {
        _stop.Cancel();
        _worker.Dispose();
        _journal.Dispose();
    }

    [Fact]
    public async Task Of_prices_that_wait_the_oldest_are_dropped()
    {
        using var house = await House.OpenAsync(new BotOptions(0), _journal, _time);
        var seen = new List<long>();
        var table = Lay(house, new Scripted { WhenPriced = (tick, _) => seen.Add(tick.Seq) });
        (await table.SitDownAsync(default)).ShouldBeNull();
        for (var seq = 1_001L; seq <= 1_100; seq++) { table.Ticked(News(seq)); }
        table.Work();
        seen.TakeLast(16).ShouldBe(Enumerable.Range(1_085, 16).Select(seq => (long)seq));
        seen.Count.ShouldBeLessThanOrEqualTo(17, "and perhaps one of the market's own");
    }

    [Fact]
    public async Task A_bot_that_fails_is_sent_home_and_the_others_play_on()
    {
        using var house = await House.OpenAsync(new BotOptions(0), _journal, _time);
        var (good, calls) = (0, 0);
        var bad = new Scripted
        {
            WhenPriced = (_, _) =>
            {
                calls++;
                throw new InvalidOperationException("a fault of the bot");
            },
        };
        var table = Lay(house, bad, new Scripted { WhenPriced = (_, _) => good++ });
        await table.SitDownAsync(default);
        for (var seq = 1L; seq <= 10; seq++)
        {
            table.Ticked(News(seq));
            table.Work();
        }
        (calls, good).ShouldBe((1, 10));
    }

    [Fact]
    public async Task A_bot_is_told_once_of_each_command_whatever_the_journal_does()
    {
        using var house = await House.OpenAsync(new BotOptions(0), _journal, _time);
        var (sent, failures, told) = (0, 0, new List<Result>());
        var bot = new Scripted
        {
            WhenPriced = (tick, desk) =>
            {
                if (desk.Unanswered > 0) { return; }
                if (sent % 5 == 4) { _journal.FailAfter(turns: 0); } // just before the command gets there
                if (desk.Sell(1) || desk.Buy(1)) { sent++; }
            },
            WhenTold = (result, _) => told.Add(result),
        };
        bool HasSent(int count)
        {
            if (_journal.HasFailed)
            {
                failures++;
                _journal.Recover();
            }
            return Volatile.Read(ref sent) >= count;
        }

        var table = Lay(house, bot);
        await table.SitDownAsync(default);
        var playing = _worker.RunAsync([table], _stop.Token);
        await house.UntilAsync(() => HasSent(100), "a hundred commands are sent");
        _journal.Recover();
        await _stop.CancelAsync();
        await Should.ThrowAsync<OperationCanceledException>(playing);
        await house.CloseAsync();
        failures.ShouldBeGreaterThan(15);
        told.Count.ShouldBeInRange(sent - 1, sent);
        told.Select(result => result.TxnId).ShouldBeUnique();
        house.TxnIds().ShouldBeUnique();
        house.TxnIds().Count.ShouldBeInRange(sent - 1, sent);
    }

    private Table Lay(House house, params Scripted[] bots) => new(
        house.Market, house.Hub, bots.Select((bot, i) => new HouseTrader(new TraderKey("DRILL", $"{i}-bot"), new Temperament("scripted", "", _ => bot))),
        "1", 1, _worker.Ring, NullLogger.Instance);

    private static PriceNews News(long seq) => new(House.Banana, PriceTick.BeforeTheFirst(default) with { Seq = seq });

    private sealed class Scripted : IBot
    {
        public Action<PriceTick, IDesk> WhenPriced { get; init; } = (_, _) => { };

        public Action<Result, IDesk> WhenTold { get; init; } = (_, _) => { };

        public void Priced(in PriceTick tick, IDesk desk) => WhenPriced(tick, desk);

        public void Told(in Result result, IDesk desk) => WhenTold(result, desk);
    }
}
