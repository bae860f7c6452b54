using Market.Actors.Journal;
using Market.Contracts;

namespace Market.Actors.Tests.Journal;

public class MemoryJournalTests : JournalContract
{
    protected override IJournal Open() => new MemoryJournal();
}
