namespace Market.Servers.Tests.Servers;

/// <summary>One PostgreSQL for all tests that leave it running; started by the first that asks.</summary>
public sealed class Databases : IDisposable
{
    private Database? _database;

    public JournalHome NewHome()
    {
        Needed.Server(PostgresServer.Missing);
        return (_database ??= new Database()).NewHome();
    }

    public void Dispose() => _database?.Dispose();
}

[CollectionDefinition(nameof(Databases))]
public sealed class DatabaseTests : ICollectionFixture<Databases>;
