using Market.Actors.Journal;
using Market.Contracts;
using Market.Node.Journals.Sqlite;

namespace Market.Node.Tests.Journals.Sqlite;

public sealed class SqliteJournalTests : DurableJournalContract, IDisposable
{
    private readonly DataFolder _folder = new();

    protected override IJournal Open() => SqliteJournal.Open(_folder.Path);

    public void Dispose() => _folder.Dispose();
}
