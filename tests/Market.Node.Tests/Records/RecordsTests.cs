using System.Text.Json;
using Market.Actors.Journal;
using Market.Node.Cli;
using Market.Node.Journals.Sqlite;
using Market.Node.Records;
using Market.Protocol.Values;

namespace Market.Node.Tests.Records;

/// <summary>What is taken out of a journal when its node is gone, or beside it.</summary>
public sealed class RecordsTests : IAsyncLifetime
{
    private static readonly MarketId Banana = MarketId.Of("banana");

    private NodeFixture _node = null!;
    private string _out = "";

    public async Task InitializeAsync()
    {
        _node = await NodeFixture.StartAsync();
        _out = Path.Combine(_node.Folder, "out.txt");
        var alice = await _node.JoinAsync("alice");
        await _node.JoinAsync("=1+1,\"x\"", "DRILL");
        await _node.CommandAsync(alice, """[{"txnId":"a","type":"BUY","shares":2},{"txnId":"b","type":"FEED","monkeys":3},{"txnId":"c","type":"FEED","monkeys":100},{"txnId":"d","type":"INVEST","invested":1.5}]""");
        while ((await _node.StateAsync(alice)).GetProperty("inFlightInvestments").GetInt32() > 0) { } // until it is home
        await _node.GibbAsync("Coco", "good banana, \"great\"");
    }

    public async Task DisposeAsync() => await _node.DisposeAsync();

    [Fact]
    public async Task A_journal_is_verified_beside_its_running_node() =>
        (await VerifyAsync()).ShouldBe(ExitCode.Done);

    [Fact]
    public async Task A_journal_is_verified_after_its_node_has_ended()
    {
        await _node.StopAsync();
        (await VerifyAsync()).ShouldBe(ExitCode.Done);
    }

    [Fact]
    public async Task A_journal_with_a_turn_that_is_not_sound_is_not_verified()
    {
        await _node.StopAsync();
        using (var journal = SqliteJournal.Open(_node.Folder))
        {
            var next = journal.Read(journal.Streams().ToDictionary(stream => stream, _ => 1L)).Select(turn => (turn.Stream, turn.NextSequence)).Last();
            journal.Append([new JournaledTurn(next.Stream, next.NextSequence, 1, new byte[TurnFormat.HeaderLength + 1])]);
        }
        (await VerifyAsync()).ShouldBe(ExitCode.Failed);
    }

    [Fact]
    public async Task A_folder_without_a_journal_is_not_verified() =>
        (await VerifyJournal.RunAsync(new VerifyOptions(Path.Combine(_node.Folder, "nowhere"), null, true), CancellationToken.None)).ShouldBe(ExitCode.Failed);

    [Fact]
    public async Task A_market_that_is_not_there_is_not_verified() =>
        (await VerifyJournal.RunAsync(new VerifyOptions(_node.Folder, MarketId.Of("mango"), true), CancellationToken.None)).ShouldBe(ExitCode.Failed);

    [Fact]
    public async Task The_board_is_a_table_that_no_spreadsheet_takes_for_formulas()
    {
        var lines = await ExportAsync(ExportSubject.Board, ExportFormat.Csv);
        lines[0].ShouldBe("rank,team,name,score,fedMonkeys,bailouts,coins,shares,inFlightInvestments");
        lines[1].ShouldStartWith("1,BONOBO,alice,3,3,0,");
        lines[2].ShouldStartWith("2,DRILL,\"'=1+1,\"\"x\"\"\",0,0,0,10,5,0");
    }

    [Fact]
    public async Task The_board_out_of_the_journal_is_the_one_that_was_shown()
    {
        var shown = (await _node.GetAsync("/api/markets/banana/board")).Json;
        var kept = JsonDocument.Parse((await ExportAsync(ExportSubject.Board, ExportFormat.JsonLines))[0]).RootElement;
        foreach (var part in (string[])["teams", "traders", "seq"]) { kept.GetProperty(part).GetRawText().ShouldBe(shown.GetProperty(part).GetRawText()); }
    }

    [Fact]
    public async Task Every_event_is_a_line_of_JSON_with_what_its_trader_did()
    {
        var events = (await ExportAsync(ExportSubject.Events, ExportFormat.JsonLines)).Select(line => JsonDocument.Parse(line).RootElement).ToList();
        var alice = events.Where(line => line.GetProperty("trader").GetString() == "BONOBO/alice").ToList();
        alice.Select(line => (line.GetProperty("event").GetString(), line.GetProperty("txnId").GetString(), line.GetProperty("status").GetString())).ShouldBe(
        [
            ("TraderJoined", null, null), ("Bought", "a", "ACCEPTED"), ("Fed", "b", "ACCEPTED"), ("Refused", "c", "INSUFFICIENT_SHARES"), ("Invested", "d", "ACCEPTED"), ("Returned", "d", "ACCEPTED"),
        ]);
        alice[^2].GetProperty("amount").GetDecimal().ShouldBe(1.5m);
    }

    [Fact]
    public async Task Prices_and_gibbs_are_tables()
    {
        (await ExportAsync(ExportSubject.Prices, ExportFormat.Csv))[1].ShouldStartWith("1,");
        (await ExportAsync(ExportSubject.Gibbs, ExportFormat.Csv))[1].ShouldContain("Coco,\"good banana, \"\"great\"\"\",api,2,true");
    }

    private Task<int> VerifyAsync() => VerifyJournal.RunAsync(new VerifyOptions(_node.Folder, null, true), CancellationToken.None);

    private async Task<string[]> ExportAsync(ExportSubject subject, ExportFormat format)
    {
        (await ExportJournal.RunAsync(new ExportOptions(_node.Folder, subject, Banana, format, _out), CancellationToken.None)).ShouldBe(ExitCode.Done);
        return (await File.ReadAllTextAsync(_out)).TrimEnd('\n').Split('\n');
    }
}
