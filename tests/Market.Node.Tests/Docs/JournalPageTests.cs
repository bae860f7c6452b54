using System.Text.RegularExpressions;
using Market.Actors.Journal;
using Market.Fixtures;
using Market.Node.Journals.Sqlite;
using Market.Node.Tests.Journals.Golden;
using Market.Protocol.Messages;
using Market.Protocol.Wire;

namespace Market.Node.Tests.Docs;

/// <summary>The page on the journal's format says what the program writes.</summary>
public partial class JournalPageTests
{
    [Fact]
    public void The_turn_on_the_page_is_a_turn_of_the_golden_journal_byte_for_byte()
    {
        var lines = Regex.Match(Page, "```hex\n(.*?)```", RegexOptions.Singleline).Groups[1].Value.TrimEnd('\n').Split('\n');
        var shown = string.Concat(lines.SelectMany(line => Byte().Match(line).Value.Split(' ', StringSplitOptions.RemoveEmptyEntries)));
        using var folder = GoldenJournals.Copied("plain-1");
        using var journal = SqliteJournal.OpenReadOnly(folder.Path);
        var stream = new StreamId(GoldenGame.Banana, 2);
        var turn = journal.Read(new Dictionary<StreamId, long> { [stream] = 10 }).First();
        turn.FirstSequence.ShouldBe(10);
        shown.ShouldBe(Convert.ToHexStringLower(turn.Bytes.Span));
    }

    [Fact]
    public void Every_kind_of_event_is_on_the_page()
    {
        var kinds = Named("Market.Protocol.Wire.EventKind").Where(kind => !kind.Name.EndsWith("OfTrader", StringComparison.Ordinal)).ToList();
        kinds.AddRange(Enum.GetValues<TraderEventType>().Select(type => (type.ToString(), (int)type)));
        kinds.Count.ShouldBe(typeof(MarketEvent).Assembly.GetTypes().Count(type => type.IsSubclassOf(typeof(MarketEvent))) + Enum.GetNames<TraderEventType>().Length);
        foreach (var (name, number) in kinds) { Page.ShouldContain($"| `0x{number:x2}` | {name} |"); }
        EventRow().Count(Page).ShouldBe(kinds.Count);
    }

    [Fact]
    public void Every_number_that_is_journaled_is_on_the_page()
    {
        foreach (var (name, number) in Named("Market.Protocol.Wire.MessageCodec+Kind")) { Page.ShouldContain($"{number} {name}"); }
        foreach (var type in (Type[])[typeof(MarketStatus), typeof(CommandType), typeof(NotCounted), typeof(Status)])
        {
            foreach (var value in Enum.GetValues(type)) { Page.ShouldContain($"{Convert.ToInt32(value, System.Globalization.CultureInfo.InvariantCulture)} {value}"); }
        }
    }

    [Theory]
    [InlineData("application_id", "0x4d4e4b59")]
    [InlineData("user_version", "1")]
    [InlineData("page_size", "8,192")]
    [InlineData("encoding", "UTF-8")]
    [InlineData("journal_mode", "WAL")]
    public void Pragmas_are_what_the_page_says(string pragma, string said)
    {
        Page.ShouldContain($"| `{pragma}` | {(said.StartsWith("0x", StringComparison.Ordinal) ? $"`{said}`" : said)}");
        Ask($"PRAGMA {pragma}").ShouldBe([said.Replace(",", "", StringComparison.Ordinal).Replace("0x4d4e4b59", "1296976729", StringComparison.Ordinal)], Case.Insensitive);
    }

    [Fact]
    public void Every_column_of_every_table_is_on_the_page()
    {
        var columns = Ask("SELECT m.name || '.' || c.name FROM sqlite_master m, pragma_table_info(m.name) c WHERE m.type = 'table'");
        columns.Count.ShouldBe(15);
        foreach (var column in columns)
        {
            Page.ShouldContain($"| `{column.Split('.')[0]}` |");
            Page.ShouldContain($"`{column.Split('.')[1]}` ");
        }
    }

    private static string Page { get; } = File.ReadAllText(GoldenJournals.AtRoot("docs/JOURNAL.md"));

    private static List<string> Ask(string sql)
    {
        using var folder = GoldenJournals.Copied("plain-1");
        using var connection = new Microsoft.Data.Sqlite.SqliteConnection($"Data Source={folder.File("journal.db")};Pooling=False");
        connection.Open();
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        using var reader = command.ExecuteReader();
        var rows = new List<string>();
        while (reader.Read()) { rows.Add(reader.GetValue(0).ToString()!); }
        return rows;
    }

    /// <summary>Of an enumeration that is the format's own affair.</summary>
    private static IEnumerable<(string Name, int Number)> Named(string type) =>
        Enum.GetValues(typeof(EventWriter).Assembly.GetType(type, throwOnError: true)!).Cast<object>()
            .Select(value => (value.ToString()!, Convert.ToInt32(value, System.Globalization.CultureInfo.InvariantCulture)));

    [GeneratedRegex("^([0-9a-f]{2} ?)+")]
    private static partial Regex Byte();

    [GeneratedRegex(@"^\| `0x[0-9a-f]{2}` \|", RegexOptions.Multiline)]
    private static partial Regex EventRow();
}
