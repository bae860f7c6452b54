using System.Text.RegularExpressions;
using Market.Actors.Audit;
using Market.Actors.Journal;
using Market.Actors.Runtime;
using Market.Actors.Views;
using Market.Fixtures;
using Market.Node.Journals.Sqlite;
using Market.Protocol.Messages;
using Market.Protocol.Values;

namespace Market.Node.Tests.Journals.Golden;

/// <summary>A journal that a released version wrote is read by every later one, and the same game gives the same bytes.</summary>
public class GoldenJournalTests
{
    static GoldenJournalTests() => GoldenJournals.WriteMissing();

    public static TheoryData<string> Games => [.. GoldenJournals.Games.Keys];

    [Theory]
    [MemberData(nameof(Games))]
    public void The_same_game_gives_the_same_journal_byte_for_byte(string name)
    {
        var (bytes, dump) = GoldenJournals.Make(name);
        dump.ShouldBe(GoldenJournals.Dump(name));
        bytes.SequenceEqual(GoldenJournals.Bytes(name)).ShouldBeTrue("the file differs, though what it holds does not");
    }

    [Theory]
    [MemberData(nameof(Games))]
    public void A_golden_journal_says_what_its_text_says(string name)
    {
        using var folder = GoldenJournals.Copied(name);
        using var journal = SqliteJournal.OpenReadOnly(folder.Path);
        JournalDump.Of(journal).ShouldBe(GoldenJournals.Dump(name));
        journal.Streams().Any(stream => journal.LatestSnapshot(stream) is not null).ShouldBe(GoldenJournals.Games[name].Snapshots);
    }

    [Theory]
    [MemberData(nameof(Games))]
    public void All_nine_hold_of_a_golden_journal(string name)
    {
        using var folder = GoldenJournals.Copied(name);
        using var journal = SqliteJournal.OpenReadOnly(folder.Path);
        var rules = RulesCodec.OfJournal(journal, new MarketRules { Market = GoldenGame.Banana })!;
        RulesCodec.Write(rules).ShouldBe(RulesCodec.Write(GoldenGame.Rules));
        var report = new JournalAudit(journal, rules).Run();
        report.Findings.Kept.ShouldBeEmpty();
        report.Findings.Checks.Select((count, number) => (count, number)).Where(check => check.count == 0).Select(check => check.number)
            .ShouldBe(GoldenJournals.Games[name].Snapshots ? [] : [6]);
    }

    [Theory]
    [MemberData(nameof(Games))]
    public void A_golden_journal_recovers_to_the_state_and_the_board_of_the_game(string name)
    {
        var played = GoldenGame.Play(new MemoryJournal(), GoldenJournals.Games[name].Snapshots, GoldenJournals.Games[name].Ids);
        using var folder = GoldenJournals.Copied(name);
        using var journal = SqliteJournal.Open(folder.Path);
        var view = new MarketView(GoldenGame.Banana, GoldenGame.Rules.Shards, GoldenGame.Rules.Teams, 1_000, 1_000, played);
        new Recovery(journal, new NodeViews(new Dictionary<MarketId, MarketView> { [GoldenGame.Banana] = view })).Recover(GoldenGame.Rules);
        Shown(view).ShouldBe(Shown(played.View));
        view.Board(10, default).Traders.Select(row => (row.Trader.ToString(), row.State.Score, row.State.Coins.ToDecimal(), row.State.Shares)).ShouldBe(
        [
            ("BONOBO/alice", 6, 9.497_72m, 0), ("ALOUATE/bob", 0, 10.15m, 5), ("SAGOUIN/zoé 🐒", -8, 12.809_04m, 5),
        ]);
    }

    [Fact]
    public void Every_kind_of_event_is_in_a_golden_journal()
    {
        var dump = GoldenJournals.Dump("plain-1") + GoldenJournals.Dump("requests-1");
        foreach (var kind in typeof(MarketEvent).Assembly.GetTypes().Where(type => type.IsSubclassOf(typeof(MarketEvent)))) { dump.ShouldContain($": {kind.Name} {{"); }
        foreach (var type in Enum.GetNames<TraderEventType>()) { dump.ShouldContain($"Type = {type}"); }
        foreach (var mark in (string[])["BailedOut = True", "SentAt = 2018", "Burst = True", "Last = True", "Repeated", "OffTopic", "OrderTooLarge", "InsufficientCoins", "InsufficientShares"])
        {
            dump.ShouldContain(mark);
        }
    }

    [Fact]
    public void Requests_that_came_twice_changed_nothing_but_that_they_are_remembered()
    {
        var (plain, twice) = (Events("snapshots-1"), Events("requests-1"));
        twice.Where(line => !line.Contains("RequestAnswered", StringComparison.Ordinal)).ShouldBe(plain);
        twice.Count.ShouldBe(plain.Count + 12);

        static List<string> Events(string name) =>
            [.. Regex.Matches(GoldenJournals.Dump(name), "^  [0-9]+: (.*)$", RegexOptions.Multiline).Select(line => line.Groups[1].Value)];
    }

    private static string Shown(MarketView view)
    {
        var board = view.Board(10, default);
        return string.Join('\n', [board with { Teams = [], Traders = [] }, .. board.Teams, .. board.Traders, view.Summary, .. view.PricesFrom(0, 1_000), .. view.LastGibbs(1_000)]);
    }
}
