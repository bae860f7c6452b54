using System.Text.Json;
using Market.Actors.Journal;
using Market.Actors.Laboratory;
using Market.Node.Cli;
using Market.Node.Journals.Sqlite;
using Market.Node.Laboratory;
using Market.Node.Records;
using Market.Node.Tests.Cli;
using Market.Protocol.Messages;
using Market.Protocol.Values;
using Market.Protocol.Wire;

namespace Market.Node.Tests.Laboratory;

/// <summary>The verb, from its command line to its files.</summary>
public sealed class SimulateTests : IDisposable
{
    /// <summary>Of the run below, on every machine and with any number of threads.</summary>
    private const string Golden = "c99a4109a2c011335d2c8fec55252849f76f36b9190e3c89e7ae6f52f740aed4";

    private static readonly string[] Run = ["simulate", "--traders", "60", "--ticks", "50", "--seed", "7"];

    private readonly Shell _shell = new();

    public SimulateTests() => _shell.Node = _shell.Node with { Simulate = SimulateMarket.RunAsync };

    public void Dispose() => _shell.Dispose();

    [Theory]
    [InlineData("1")]
    [InlineData("2")]
    [InlineData("5")]
    public async Task The_hash_is_golden_whatever_the_number_of_threads(string threads)
    {
        var run = await JsonAsync("--threads", threads);

        run.GetProperty("journal").GetProperty("hash").GetString().ShouldBe(Golden);
    }

    [Fact]
    public async Task The_summary_says_what_came_of_it()
    {
        var ran = await _shell.RunAsync(Run);

        ran.Exit.ShouldBe(ExitCode.Done);
        ran.Error.ShouldBeEmpty();
        foreach (var said in (string[])["ACCEPTED", "INSUFFICIENT_COINS", "commands/s", "final price", "hype-rider", "top of the board", $"journal {Golden}"])
        {
            ran.Out.ShouldContain(said);
        }
    }

    [Fact]
    public async Task The_figures_add_up()
    {
        var run = await JsonAsync();

        var commands = run.GetProperty("commands").GetInt64();
        commands.ShouldBeGreaterThan(500);
        run.GetProperty("statuses").EnumerateObject().Sum(status => status.Value.GetInt64()).ShouldBe(commands);
        run.GetProperty("temperaments").EnumerateArray().Sum(part => part.GetProperty("commands").GetInt64()).ShouldBe(commands);
        run.GetProperty("temperaments").EnumerateArray().Sum(part => part.GetProperty("traders").GetInt64()).ShouldBe(60);
        run.GetProperty("ticks").GetInt64().ShouldBe(50);
        run.GetProperty("complete").GetBoolean().ShouldBeTrue();
        run.GetProperty("board").GetArrayLength().ShouldBe(5);
    }

    [Fact]
    public async Task A_kept_journal_is_verified_and_has_the_hash_of_the_run()
    {
        var run = await JsonAsync("--journal", "kept");

        var folder = Path.Combine(_shell.Folder, "kept");
        (await VerifyJournal.RunAsync(new VerifyOptions(folder, null, true), CancellationToken.None)).ShouldBe(ExitCode.Done);
        using var journal = SqliteJournal.OpenReadOnly(folder);
        JournalHash.Of(journal).ShouldBe(run.GetProperty("journal").GetProperty("hash").GetString());
    }

    [Fact]
    public async Task A_journal_is_never_written_over()
    {
        await JsonAsync("--journal", "kept");

        var ran = await _shell.RunAsync([.. Run, "--journal", "kept", "--yes"]);

        ran.Exit.ShouldBe(ExitCode.Failed);
        ran.Error.ShouldContain("holds a journal");
    }

    [Fact]
    public async Task Prices_are_those_that_export_takes_out_of_the_journal()
    {
        await JsonAsync("--journal", "kept", "--out", "run");

        var exported = Path.Combine(_shell.Folder, "prices-of-journal.csv");
        await ExportJournal.RunAsync(new ExportOptions(Path.Combine(_shell.Folder, "kept"), ExportSubject.Prices, MarketId.Of("banana"), ExportFormat.Csv, exported), CancellationToken.None);
        var prices = Rows("run", RunFolder.Prices);
        prices.Select(row => string.Join(',', row.Take(7))).ShouldBe(await File.ReadAllLinesAsync(exported));
        prices.Count.ShouldBe(51);
    }

    [Fact]
    public async Task Trades_are_what_the_journal_holds()
    {
        await JsonAsync("--journal", "kept", "--out", "run");

        using var journal = SqliteJournal.OpenReadOnly(Path.Combine(_shell.Folder, "kept"));
        var expected = Happened.In(journal).Order().ToList();
        var trades = Rows("run", RunFolder.Trades);
        trades[0].ShouldBe(["tick", "time", "team", "name", "type", "shares", "price", "coins", "txnId", "bailedOut"]);
        trades.Skip(1).Select(row => string.Join(',', row.Skip(1))).Order().ShouldBe(expected);
        expected.Count.ShouldBeGreaterThan(500);
        trades.Skip(1).Select(row => row[4]).Distinct().Order().ShouldBe(["BUY", "FEED", "INVEST", "RETURN", "SELL"]);
    }

    [Fact]
    public async Task Volume_of_the_prices_is_that_of_the_trades()
    {
        await JsonAsync("--out", "run");

        var trades = Rows("run", RunFolder.Trades).Skip(1).Where(row => row[4] is "BUY" or "SELL").ToLookup(row => row[0], row => long.Parse(row[5], System.Globalization.CultureInfo.InvariantCulture));
        foreach (var row in Rows("run", RunFolder.Prices).Skip(1))
        {
            (row[7], row[8]).ShouldBe(($"{trades[row[0]].Count()}", $"{trades[row[0]].Sum()}"), $"tick {row[0]}");
        }
    }

    [Fact]
    public async Task The_board_names_everybody_best_first()
    {
        await JsonAsync("--out", "run");

        var board = Rows("run", RunFolder.Board);
        board.Count.ShouldBe(61);
        board.Skip(1).Select(row => -long.Parse(row[4], System.Globalization.CultureInfo.InvariantCulture)).ShouldBeInOrder();
        board.Skip(1).ShouldAllBe(row => row[2].StartsWith(row[3], StringComparison.Ordinal));
    }

    [Fact]
    public async Task Tables_end_every_line_as_RFC_4180_has_it()
    {
        await JsonAsync("--out", "run");

        foreach (var file in (string[])[RunFolder.Prices, RunFolder.Trades, RunFolder.Board])
        {
            var text = await File.ReadAllTextAsync(Path.Combine(_shell.Folder, "run", file));
            text.Replace("\r\n", "", StringComparison.Ordinal).ShouldNotContain("\n", customMessage: file);
            text.ShouldEndWith("\r\n", customMessage: file);
        }
    }

    [Fact]
    public async Task Without_trades_there_is_no_table_of_them()
    {
        await JsonAsync("--out", "run", "--no-trades");

        File.Exists(Path.Combine(_shell.Folder, "run", RunFolder.Trades)).ShouldBeFalse();
        File.Exists(Path.Combine(_shell.Folder, "run", RunFolder.Prices)).ShouldBeTrue();
    }

    [Fact]
    public async Task Files_of_an_earlier_run_are_written_over_only_when_told()
    {
        _shell.Write("run/prices.csv", "mine");

        var ran = await _shell.RunAsync([.. Run, "--out", "run"]);

        ran.Exit.ShouldBe(ExitCode.WrongUsage);
        ran.Error.ShouldContain("prices.csv");
        ran.Error.ShouldContain("--yes");
        (await File.ReadAllTextAsync(Path.Combine(_shell.Folder, "run", "prices.csv"))).ShouldBe("mine");
        (await _shell.RunAsync([.. Run, "--out", "run", "--yes"])).Exit.ShouldBe(ExitCode.Done);
        Rows("run", RunFolder.Prices).Count.ShouldBe(51);
    }

    [Fact]
    public async Task No_file_of_an_earlier_run_is_left_to_be_taken_for_this_ones()
    {
        _shell.Write("run/trades.csv", "of another run");

        await JsonAsync("--out", "run", "--no-trades", "--yes");

        File.Exists(Path.Combine(_shell.Folder, "run", RunFolder.Trades)).ShouldBeFalse();
    }

    [Fact]
    public async Task A_market_that_is_not_configured_is_answered_with_those_that_are()
    {
        var ran = await _shell.RunAsync("simulate", "--market", "mango");

        ran.Exit.ShouldBe(ExitCode.WrongUsage);
        ran.Error.ShouldContain("no market mango; it has banana");
    }

    [Fact]
    public async Task A_configuration_that_is_wrong_is_said_with_its_place()
    {
        _shell.Write("c.hocon", "monkonomy { markets { banana { price { tick = 1ms } } } }");

        var ran = await _shell.RunAsync("simulate", "--config", "c.hocon");

        ran.Exit.ShouldBe(ExitCode.WrongUsage);
        ran.Error.ShouldContain("monkonomy.markets.banana.price.tick");
    }

    [Fact]
    public async Task The_rules_are_those_configured()
    {
        _shell.Write("c.hocon", "monkonomy { markets { kiwi { shards = 3, price { tick = 250ms, sigma = 0, mu = 0 } } } }");

        await JsonAsync("--config", "c.hocon", "--market", "kiwi", "--out", "run", "--bots", "contrarian");

        Rows("run", RunFolder.Prices).Skip(1).ShouldAllBe(row => row[2] == "1");
        Rows("run", RunFolder.Prices)[2][1].ShouldEndWith("56.250Z");
    }

    [Fact]
    public async Task A_run_that_is_cancelled_ends_with_what_there_is()
    {
        using var cancelled = new CancellationTokenSource();
        await cancelled.CancelAsync();

        var ran = await _shell.RunAsync(cancelled.Token, [.. Run, "--out", "run", "--json"]);

        ran.Exit.ShouldBe(ExitCode.Done);
        ran.Json[0].GetProperty("complete").GetBoolean().ShouldBeFalse();
        Rows("run", RunFolder.Board).Count.ShouldBe(61);
    }

    private async Task<JsonElement> JsonAsync(params string[] more)
    {
        var ran = await _shell.RunAsync([.. Run, "--json", .. more]);
        ran.Exit.ShouldBe(ExitCode.Done, ran.All);
        return ran.Json.ShouldHaveSingleItem();
    }

    /// <summary>Of tables whose fields hold no comma.</summary>
    private List<string[]> Rows(string folder, string file) =>
        [.. File.ReadAllLines(Path.Combine(_shell.Folder, folder, file)).Select(line => line.Split(','))];

    /// <summary>The lines of the trades, by the plainest reading of a journal.</summary>
    private sealed class Happened : IEventFold
    {
        private readonly List<TraderKey> _traders = [];
        private readonly List<string> _lines = [];

        public static IEnumerable<string> In(SqliteJournal journal)
        {
            foreach (var stream in journal.Streams())
            {
                var fold = new Happened();
                var replay = new StreamReplay(stream, fold);
                foreach (var turn in journal.Read(new Dictionary<StreamId, long> { [stream] = 1 })) { replay.Turn(turn); }
                foreach (var line in fold._lines) { yield return line; }
            }
        }

        public void On(MarketEvent happened, Timestamp time)
        {
            if (happened is TraderJoined joined) { _traders.Add(joined.Trader); }
        }

        public void On(int slot, in TraderEvent happened, ReadOnlySpan<char> txnId, Timestamp time)
        {
            var trader = _traders[slot];
            var coins = new Coins(happened.Amount);
            var what = happened.Type switch
            {
                TraderEventType.Bought => $"BUY,{happened.Amount},{happened.Price},{new Coins(happened.Amount * happened.Price.Micro)}",
                TraderEventType.Sold => $"SELL,{happened.Amount},{happened.Price},{new Coins(happened.Amount * happened.Price.Micro)}",
                TraderEventType.Invested => $"INVEST,,,{coins}",
                TraderEventType.Fed => $"FEED,{happened.Amount},,",
                TraderEventType.Returned => $"RETURN,,,{coins}",
                _ => null,
            };
            if (what is not null) { _lines.Add($"{time},{trader.Team},{trader.Name},{what},{txnId},{(happened.BailedOut ? "true" : "false")}"); }
        }
    }
}
