using Market.Servers.Tests.Cluster;

namespace Market.Servers.Tests.Servers;

/// <summary>A node, its broker and its database over TLS, with an authority that the system does not know.</summary>
public sealed class SecureServersTests : IDisposable
{
    private const string Password = "not-to-be-shown";

    private readonly ServerFolder _folder = new();
    private readonly RabbitServer? _broker;
    private readonly PostgresServer? _database;
    private readonly ServerCertificate? _certificate;

    public SecureServersTests()
    {
        Needed.Server(RabbitServer.Missing ?? PostgresServer.Missing);
        if (!OperatingSystem.IsWindows()) { File.SetUnixFileMode(_folder.Path, File.GetUnixFileMode(_folder.Path) | UnixFileMode.GroupExecute | UnixFileMode.OtherExecute); }
        _certificate = ServerCertificate.Make(In("certificate"));
        _database = PostgresServer.Start(In("database"), FreePort.Next(), _certificate);
        _broker = RabbitServer.Start(In("broker"), RabbitPorts.Free(), _certificate);
    }

    [SkippableFact]
    public async Task A_node_that_is_told_whom_to_believe_serves_and_one_that_is_not_says_whom_it_does_not_believe()
    {
        var stranger = ServerCertificate.Make(In("stranger")).Authority;
        using (var node = NewNode("node-1", _certificate!.Authority, _certificate.Authority))
        {
            node.Start();
            await Eventually.TrueAsync(async () => (await Looks.ReadyAsync(node.Address)).Code == 200);
            using var bot = await Bot.JoinAsync(node.Address, "secure");
            const string Sell = """{"txnId":"t","type":"SELL","shares":1}""";
            await Eventually.TrueAsync(async () => (await bot.DoAsync(Sell, node.Address)).GetProperty("status").GetString() == "ACCEPTED"); // once the market is open
            (await bot.DoAsync(Sell, node.Address)).GetProperty("first").GetString().ShouldBe("ACCEPTED");
        }

        using (var node = NewNode("node-2", _certificate.Authority, stranger))
        {
            Should.Throw<InvalidOperationException>(node.Start).Message.ShouldContain("PostgreSQL");
            ShouldTellNothing(node);
        }

        using (var node = NewNode("node-3", stranger, _certificate.Authority))
        {
            node.Start();
            await Eventually.TrueAsync(() => File.ReadAllText(node.Log).Contains("RabbitMQ at 127.0.0.1", StringComparison.Ordinal));
            (await Looks.ReadyAsync(node.Address)).Code.ShouldBe(503);
            File.ReadAllText(node.Log).ShouldContain("certificate");
            ShouldTellNothing(node);
        }
    }

    public void Dispose()
    {
        _broker?.Kill();
        _broker?.Dispose();
        _database?.Dispose();
        _folder.Dispose();
    }

    private static void ShouldTellNothing(NodeProcess node)
    {
        var log = File.ReadAllText(node.Log);
        log.ShouldNotContain(Password);
        log.ShouldNotContain("guest:guest");
    }

    private string In(string name) => Path.Combine(_folder.Path, name);

    /// <param name="ofBroker">Whom it believes that the broker is who it says.</param>
    /// <param name="ofDatabase">The same of the database.</param>
    private NodeProcess NewNode(string name, string ofBroker, string ofDatabase) => new(
        Path.Combine(AppContext.BaseDirectory, "monkonomy.dll"), In(name), name, new Dictionary<string, string>
        {
            ["MARKET_RABBITMQ"] = _broker!.SecureAddress.ToString(),
            ["MARKET_POSTGRES"] = $"{_database!.ConnectionString};Password={Password};SSL Mode=VerifyFull;Root Certificate={ofDatabase}",
            ["MARKET_TOKEN_KEY"] = "a key for tests that is long enough, and no secret",
            ["SSL_CERT_FILE"] = ofBroker,
        });
}
