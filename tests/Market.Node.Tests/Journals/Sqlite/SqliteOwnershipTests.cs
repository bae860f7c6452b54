using Market.Actors.Journal;
using Market.Contracts;
using Market.Node.Journals.Sqlite;
using Market.Protocol.Values;
using Microsoft.Data.Sqlite;

namespace Market.Node.Tests.Journals.Sqlite;

public sealed class SqliteOwnershipTests : IDisposable
{
    private static readonly StreamId Banana = new(MarketId.Of("banana"), 0);

    private readonly DataFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void A_second_owner_is_refused_and_told_which_folder()
    {
        var chain = new TurnChain(Banana);
        using (var owner = SqliteJournal.Open(_folder.Path))
        {
            Should.Throw<JournalUnavailableException>(() => SqliteJournal.Open(_folder.Path)).Message.ShouldContain(_folder.Path);
            owner.Append([chain.Next()]);
        }
        using var next = SqliteJournal.Open(_folder.Path);
        next.Append([chain.Next()]);
        next.ReadAll().Count.ShouldBe(2);
    }

    [Fact]
    public void A_reader_beside_the_owner_sees_what_was_committed_before_its_read_began()
    {
        var chain = new TurnChain(Banana);
        using var owner = SqliteJournal.Open(_folder.Path);
        var first = chain.Many(3);
        owner.Append(first);
        using var reader = SqliteJournal.OpenReadOnly(_folder.Path);
        reader.Streams().ShouldBe([Banana]);
        reader.ReadAll().ShouldBe(first.Kept());

        var second = chain.Many(2);
        owner.Append(second);
        reader.ReadAll().ShouldBe([.. first.Kept(), .. second.Kept()]);

        using var reading = reader.Read(new Dictionary<StreamId, long> { [Banana] = 1 }).GetEnumerator();
        reading.MoveNext().ShouldBeTrue();
        owner.Append(chain.Many(4));
        owner.Probe();
        var seen = 1;
        while (reading.MoveNext()) { seen++; }
        seen.ShouldBe(5);
        reader.ReadAll().Count.ShouldBe(9);
    }

    [Fact]
    public void A_reader_may_not_write()
    {
        var chain = new TurnChain(Banana);
        using var owner = SqliteJournal.Open(_folder.Path);
        owner.Append([chain.Next()]);
        using var reader = SqliteJournal.OpenReadOnly(_folder.Path);
        var next = chain.Next();
        Should.Throw<InvariantBrokenException>(() => reader.Append([next]));
        Should.Throw<InvariantBrokenException>(reader.Probe);
        Should.Throw<InvariantBrokenException>(() => reader.Save([new Snapshot(Banana, 2, new byte[] { 1 })]));
        owner.Append([next]);
    }

    [Fact]
    public void A_reader_of_a_folder_without_a_journal_is_told_so_and_makes_none()
    {
        Should.Throw<JournalUnavailableException>(() => SqliteJournal.OpenReadOnly(_folder.Path)).Message.ShouldContain(_folder.Path);
        Directory.EnumerateFileSystemEntries(_folder.Path).ShouldBeEmpty();
    }

    [Fact]
    public void A_folder_that_is_not_there_is_made_and_one_that_cannot_be_is_refused()
    {
        SqliteJournal.Open(_folder.File("new/folder")).Dispose();
        File.WriteAllText(_folder.File("file"), "");
        Should.Throw<JournalUnavailableException>(() => SqliteJournal.Open(_folder.File("file"))).Message.ShouldContain(_folder.File("file"));
    }

    [Fact]
    public void What_is_no_database_is_refused_and_left_as_it_was()
    {
        var text = string.Concat(Enumerable.Repeat("Dear diary, ", 1_000));
        File.WriteAllText(_folder.File("journal.db"), text);
        ShouldBeRefused("no journal");
        File.ReadAllText(_folder.File("journal.db")).ShouldBe(text);
    }

    [Fact]
    public void Another_programs_database_is_refused_and_left_as_it_was()
    {
        Execute("CREATE TABLE recipes(id INTEGER PRIMARY KEY, text TEXT); INSERT INTO recipes(text) VALUES ('banana split')");
        var before = File.ReadAllBytes(_folder.File("journal.db"));
        ShouldBeRefused("another program");
        File.ReadAllBytes(_folder.File("journal.db")).ShouldBe(before);
    }

    [Theory]
    [InlineData("PRAGMA application_id=1234")]
    [InlineData("PRAGMA user_version=1")]
    public void Another_programs_database_without_a_table_is_refused_too(string mark)
    {
        Execute(mark);
        ShouldBeRefused("another program");
    }

    [Fact]
    public void A_newer_format_is_refused_and_named()
    {
        SqliteJournal.Open(_folder.Path).Dispose();
        Execute("PRAGMA user_version=2");
        ShouldBeRefused("format 2");
    }

    [Fact]
    public void A_refused_folder_is_let_go_of()
    {
        File.WriteAllText(_folder.File("journal.db"), new string('x', 5_000));
        Should.Throw<JournalCorruptException>(() => SqliteJournal.Open(_folder.Path));
        File.Delete(_folder.File("journal.db"));
        SqliteJournal.Open(_folder.Path).Dispose();
    }

    private void ShouldBeRefused(string why)
    {
        foreach (var open in new[] { () => SqliteJournal.Open(_folder.Path), () => SqliteJournal.OpenReadOnly(_folder.Path) })
        {
            var said = Should.Throw<JournalCorruptException>(open).Message;
            said.ShouldContain(_folder.File("journal.db"));
            said.ShouldContain(why);
        }
    }

    private void Execute(string sql)
    {
        using var connection = new SqliteConnection($"Data Source={_folder.File("journal.db")};Pooling=False");
        connection.Open();
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        command.ExecuteNonQuery();
    }
}
