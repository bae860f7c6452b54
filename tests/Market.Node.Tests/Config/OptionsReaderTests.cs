using Market.Actors.Runtime;
using Market.Node.Config;
using Market.Protocol.Values;

namespace Market.Node.Tests.Config;

public sealed class OptionsReaderTests : IDisposable
{
    private static readonly Dictionary<string, string?> NoOverrides = [];

    private readonly string _folder = Directory.CreateTempSubdirectory("monkonomy-config-").FullName;

    private static string Shipped => Path.Combine(AppContext.BaseDirectory, "cluster.hocon");

    [Fact]
    public void The_file_that_is_shipped_says_the_defaults()
    {
        var shipped = ConfigurationFile.Read(Shipped, NoOverrides);
        var bare = Read("monkonomy { markets { banana { shards = 16 } } }");
        var market = shipped.Markets.ShouldHaveSingleItem();
        RulesCodec.Write(market.Rules).ShouldBe(RulesCodec.Write(bare.Markets[0].Rules));
        RulesCodec.Write(market.Rules).ShouldBe(RulesCodec.Write(new MarketRules { Market = MarketId.Of("banana") }));
        (shipped.Limits, shipped.History, shipped.Http, shipped.SnapshotEvery).ShouldBe((bare.Limits, bare.History, bare.Http, bare.SnapshotEvery));
        (shipped.Limits, shipped.History, shipped.Http, shipped.Bots).ShouldBe((new LimitOptions(), new HistoryOptions(), new HttpOptions(), new BotOptions()));
        (market.Seed, market.AutoStart, shipped.JoinCode).ShouldBe((null, true, null));
    }

    [Theory]
    [InlineData("http.port = 70000", "cluster.hocon:2: monkonomy.http.port: \"70000\" is not a whole number from 0 to 65535")]
    [InlineData("markets.banana.price.tick = soon", "cluster.hocon:2: monkonomy.markets.banana.price.tick: \"soon\" is not a duration from 10 ms")]
    [InlineData("limits.max-bytes = much", "cluster.hocon:2: monkonomy.limits.max-bytes: \"much\" is not a size")]
    [InlineData("markets.banana.seed = -1", "cluster.hocon:2: monkonomy.markets.banana.seed: \"-1\" is not a whole number from 0")]
    [InlineData("markets.banana.plantation.sigma = 2", "cluster.hocon:2: monkonomy.markets.banana.plantation.sigma: \"2\" is not a number from 0 to 1")]
    [InlineData("markets.banana.price.floor = 0", "cluster.hocon:2: monkonomy.markets.banana.price.floor: \"0\" is not a number of coins from 0.000001")]
    [InlineData("markets.Big_Market.shards = 2", "a market's id has 1 to 32 characters of a-z, 0-9 and '-'")]
    [InlineData("htpp.port = 1", "cluster.hocon:2: monkonomy.htpp.port: there is no such key")]
    [InlineData("markets.banana.teams = [\"a/b\"]", "\"a/b\" is not a team")]
    [InlineData("bots = ", "cluster.hocon:")]
    public void A_mistake_names_file_line_and_key(string line, string told)
    {
        var wrong = Should.Throw<ConfigurationException>(() => Read($"monkonomy {{\n{line}\nmarkets {{ banana {{ auto-start = true }} }}\n}}"));
        wrong.Message.ShouldContain(told);
    }

    [Fact]
    public void All_mistakes_are_told_at_once()
    {
        var wrong = Should.Throw<ConfigurationException>(() => Read("monkonomy { http.port = x, bots = y, markets {} }"));
        wrong.Message.ShouldSatisfyAllConditions(
            message => message.ShouldContain("http.port"), message => message.ShouldContain("bots"), message => message.ShouldContain("at least one market"));
    }

    [Fact]
    public void The_command_line_overrides_the_file_and_is_named_for_its_mistakes()
    {
        var file = Write("monkonomy { http.port = 1, markets { banana { auto-start = true } } }");
        ConfigurationFile.Read(file, new Dictionary<string, string?> { ["monkonomy:http:port"] = "7" }).Http.Port.ShouldBe(7);
        Should.Throw<ConfigurationException>(() => ConfigurationFile.Read(file, new Dictionary<string, string?> { ["monkonomy:http:port"] = "x" }))
            .Message.ShouldContain("command line: monkonomy.http.port");
    }

    [Fact]
    public void The_environment_overrides_the_file()
    {
        var file = Write("monkonomy { snapshot-every = 5000, markets { banana { auto-start = true } } }");
        ConfigurationFile.Read(file, NoOverrides, name => name == "MONKONOMY_SNAPSHOT_EVERY" ? "7000" : null).SnapshotEvery.ShouldBe(7_000);
    }

    [Theory]
    [InlineData(null, null)]
    [InlineData("", null)]
    [InlineData("  ", null)]
    [InlineData("secret", "secret")]
    [InlineData(" secret\n", "secret")]
    public void An_organisers_token_set_to_nothing_is_not_set(string? told, string? taken)
    {
        var file = Write("monkonomy { markets { banana { auto-start = true } } }");
        ConfigurationFile.Read(file, NoOverrides, name => name == "MARKET_ADMIN_TOKEN" ? told : null).AdminToken.ShouldBe(taken);
    }

    [Theory]
    [InlineData("two words")]
    [InlineData("geheimnüsse")]
    public void An_organisers_token_that_cannot_stand_in_a_header_is_refused_and_not_repeated(string told)
    {
        var file = Write("monkonomy { markets { banana { auto-start = true } } }");
        var wrong = Should.Throw<ConfigurationException>(() => ConfigurationFile.Read(file, NoOverrides, name => name == "MARKET_ADMIN_TOKEN" ? told : null)).Message;
        wrong.ShouldContain("MARKET_ADMIN_TOKEN");
        wrong.ShouldNotContain(told);
    }

    [Fact]
    public void Markets_take_what_they_do_not_say_from_the_defaults()
    {
        var options = Read("""
            monkonomy {
              market { shards = 4, price.tick = 2s }
              markets {
                banana = ${monkonomy.market}
                mango = ${monkonomy.market} { price.tick = 5s, seed = 7 }
              }
            }
            """);
        options.Markets.Select(market => (market.Id.Value, market.Rules.Shards, market.Rules.Price.TickMs, market.Seed))
            .ShouldBe([("banana", 4, 2_000, null), ("mango", 4, 5_000, 7UL)], ignoreOrder: true);
    }

    [Theory]
    [InlineData("", true, true)]
    [InlineData("amqp.door = false", false, true)]
    [InlineData("amqp { trader-states = false }", true, false)]
    public void A_clusters_exchanges_for_traders_are_open_unless_the_file_says_otherwise(string line, bool door, bool states)
    {
        var file = Write($"monkonomy {{\ncluster {{ transport = rabbitmq\n{line}\n}}\nmarkets {{ banana {{ shards = 4 }} }} }}");
        var options = ConfigurationFile.Read(file, NoOverrides, name => name switch
        {
            "MARKET_RABBITMQ" => "amqp://127.0.0.1/",
            "MARKET_POSTGRES" => "Host=127.0.0.1",
            "MARKET_TOKEN_KEY" => new string('k', ClusterOptions.ShortestTokenKey),
            _ => null,
        });
        options.Cluster!.Amqp.ShouldBe(new AmqpOptions(door, states));
    }

    [Theory]
    [InlineData("", null, null)]
    [InlineData("", "http://there:4318", "http://there:4318/")]
    [InlineData("http://here:4318/", "http://there:4318", "http://here:4318/")]
    [InlineData("https://here/otlp", null, "https://here/otlp/")]
    public void A_collector_is_that_of_the_file_or_else_of_the_environment(string file, string? environment, string? collector)
    {
        var path = Write($"monkonomy {{ telemetry.otlp = \"{file}\", markets {{ banana {{ shards = 4 }} }} }}");
        var options = ConfigurationFile.Read(path, NoOverrides, name => name == "OTEL_EXPORTER_OTLP_ENDPOINT" ? environment : null);
        options.Telemetry.Collector?.ToString().ShouldBe(collector);
    }

    [Fact]
    public void A_log_is_for_people_unless_it_is_said_to_be_for_programs()
    {
        Read("monkonomy { markets { banana { shards = 4 } } }").JsonLog.ShouldBeFalse();
        Read("monkonomy { log = json, markets { banana { shards = 4 } } }").JsonLog.ShouldBeTrue();
        Should.Throw<ConfigurationException>(() => Read("monkonomy { log = xml, markets { banana { shards = 4 } } }")).Message.ShouldContain("text, nor json");
    }

    [Theory]
    [InlineData("there:4318")]
    [InlineData("ftp://there/")]
    public void A_collector_that_is_no_address_is_a_mistake_with_what_would_be_right(string wrong) =>
        Should.Throw<ConfigurationException>(() => Read($"monkonomy {{ telemetry.otlp = \"{wrong}\", markets {{ banana {{ shards = 4 }} }} }}"))
            .Message.ShouldContain("it would be http://127.0.0.1:4318");

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    private NodeOptions Read(string hocon) => ConfigurationFile.Read(Write(hocon), NoOverrides);

    private string Write(string hocon)
    {
        var file = Path.Combine(_folder, "cluster.hocon");
        File.WriteAllText(file, hocon);
        return file;
    }
}
