using Market.Actors.Journal;
using Market.Contracts;
using Market.Servers.Tests.Servers;

namespace Market.Servers.Tests.Journals.Postgres;

/// <summary>The whole contract, with the role that a node has.</summary>
[Collection(nameof(Databases))]
public sealed class PostgresJournalTests(Databases databases) : DurableJournalContract
{
    private JournalHome? _home;

    protected override IJournal Open() => (_home ??= databases.NewHome()).Open();
}
