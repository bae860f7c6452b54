using Market.Node.Config.Hocon;
using Microsoft.Extensions.Configuration;

namespace Market.Node.Tests.Config.Hocon;

public sealed class HoconConfigurationTests : IDisposable
{
    private const string Sample = """
        # What every market shares.
        defaults {
          shards = 16
          brokers = [ "rabbit-1:5672" ]
        }

        market = ${defaults} {
          name = banana            // the tree it grows on
          brokers += "rabbit-2:5672"
          anti-spam { enabled = true, max-orders = 5 }
          password = null
          topics = []
        }
        """;

    private readonly ConfigFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    private sealed class Market
    {
        public string Name { get; set; } = "";
        public int Shards { get; set; }
        public List<string> Brokers { get; set; } = [];
        public string[]? Topics { get; set; }

        [ConfigurationKeyName("anti-spam")]
        public AntiSpam AntiSpam { get; set; } = new();
    }

    private sealed class AntiSpam
    {
        public bool Enabled { get; set; }

        [ConfigurationKeyName("max-orders")]
        public int MaxOrders { get; set; }
    }

    [Fact]
    public void A_file_binds_to_options_and_a_later_source_overrides_it()
    {
        _folder.With("cluster.hocon", Sample);
        var configuration = new ConfigurationBuilder()
            .AddHoconFile(_folder.PathOf("cluster.hocon"))
            .AddInMemoryCollection(new Dictionary<string, string?> { ["market:anti-spam:max-orders"] = "7", ["MARKET:NAME"] = "coconut" })
            .Build();

        var market = configuration.GetSection("market").Get<Market>().ShouldNotBeNull();
        market.Name.ShouldBe("coconut");
        market.Shards.ShouldBe(16);
        market.Brokers.ShouldBe(["rabbit-1:5672", "rabbit-2:5672"]);
        market.Topics.ShouldBe([]);
        market.AntiSpam.Enabled.ShouldBeTrue();
        market.AntiSpam.MaxOrders.ShouldBe(7);
    }

    [Fact]
    public void The_provider_tells_where_a_value_was_written()
    {
        _folder.With("cluster.hocon", Sample);
        var provider = new HoconConfigurationProvider(new HoconConfigurationSource { Path = _folder.PathOf("cluster.hocon") });
        provider.Load();

        provider.OriginOf("market:name").ShouldBe(new HoconOrigin(_folder.PathOf("cluster.hocon"), 8, 10));
        provider.OriginOf("Market:Brokers:0")?.Line.ShouldBe(4);
        provider.OriginOf("market:anti-spam:max-orders")?.Line.ShouldBe(10);
        provider.OriginOf("market").ShouldBeNull();
        provider.OriginOf("no:such:key").ShouldBeNull();
    }

    [Fact]
    public void A_missing_file_is_an_error_unless_optional()
    {
        var path = _folder.PathOf("cluster.hocon");
        Should.Throw<HoconException>(() => new ConfigurationBuilder().AddHoconFile(path).Build())
            .Message.ShouldStartWith($"{path}: the file \"{path}\" does not exist");
        new ConfigurationBuilder().AddHoconFile(path, optional: true).Build().AsEnumerable().ShouldBeEmpty();
    }

    [Fact]
    public void A_wrong_file_fails_the_build_with_its_own_message()
    {
        _folder.With("cluster.hocon", "market {\n  tick =\n}");
        Should.Throw<HoconException>(() => new ConfigurationBuilder().AddHoconFile(_folder.PathOf("cluster.hocon")).Build())
            .Message.ShouldEndWith("cluster.hocon:3:1: market.tick: expected a value, but found '}'");
    }

    [Fact]
    public void Substitutions_see_the_variables_of_the_source()
    {
        _folder.With("cluster.hocon", "port = 80\nport = ${?PORT}");
        var source = new HoconConfigurationSource { Path = _folder.PathOf("cluster.hocon"), Environment = name => name == "PORT" ? "8080" : null };
        new ConfigurationBuilder().Add(source).Build()["port"].ShouldBe("8080");
    }

    [Fact]
    public void A_reload_reads_the_file_again_and_a_failed_one_keeps_what_was_read()
    {
        _folder.With("cluster.hocon", "a = 1");
        var configuration = new ConfigurationBuilder().AddHoconFile(_folder.PathOf("cluster.hocon")).Build();
        _folder.With("cluster.hocon", "a = 2");
        configuration.Reload();
        configuration["a"].ShouldBe("2");
        _folder.With("cluster.hocon", "a = {");
        Should.Throw<HoconException>(configuration.Reload);
        configuration["a"].ShouldBe("2");
    }
}
