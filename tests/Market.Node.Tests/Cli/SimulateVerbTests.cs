using Market.Actors.Laboratory;
using Market.Node.Cli;
using Market.Protocol.Values;

namespace Market.Node.Tests.Cli;

public sealed class SimulateVerbTests : IDisposable
{
    private readonly Shell _shell = new();
    private SimulateOptions? _told;

    public SimulateVerbTests() => _shell.Node = _shell.Node with
    {
        Simulate = (options, _, _) => { _told = options; return Task.FromResult(ExitCode.Done); },
    };

    public void Dispose() => _shell.Dispose();

    [Fact]
    public async Task Nothing_said_is_a_thousand_traders_for_ten_minutes()
    {
        (await _shell.RunAsync("simulate")).Exit.ShouldBe(ExitCode.Done);

        _told.ShouldBe(new SimulateOptions());
    }

    [Fact]
    public async Task Every_option_is_read()
    {
        var ran = await _shell.RunAsync(
            "simulate", "--traders", "30", "--ticks", "20", "--seed", "18446744073709551615", "--bots", "gambler", "--market", "kiwi", "--shards", "3",
            "--replications", "4", "--threads", "2", "--out", "o", "--no-trades", "--config", "c.hocon", "--yes", "--json");

        ran.Error.ShouldBeEmpty();
        _told.ShouldNotBeNull().Bots.ToString().ShouldBe("gambler=1");
        (_told with { Bots = Mix.Even }).ShouldBe(new SimulateOptions
        {
            Traders = 30, Ticks = 20, Seed = ulong.MaxValue, Market = MarketId.Of("kiwi"), Shards = 3, Replications = 4, Threads = 2,
            OutFolder = "o", WithTrades = false, ConfigFile = "c.hocon", Yes = true, Json = true,
        });
    }

    [Theory]
    [InlineData("--traders", "0")]
    [InlineData("--traders", "10000001")]
    [InlineData("--traders", "many")]
    [InlineData("--ticks", "0")]
    [InlineData("--seed", "-1")]
    [InlineData("--shards", "1025")]
    [InlineData("--replications", "0")]
    [InlineData("--threads", "0")]
    [InlineData("--market", "BANANA!")]
    [InlineData("--bots", "bull=3")]
    [InlineData("--bots", "investor=none")]
    [InlineData("--journal", "j", "--replications", "2")]
    [InlineData("--traders", "5", "--faults")]
    [InlineData("--out", "o", "--faults")]
    public async Task What_cannot_be_meant_is_wrong_usage(params string[] said)
    {
        var ran = await _shell.RunAsync(["simulate", .. said]);

        ran.Exit.ShouldBe(ExitCode.WrongUsage);
        ran.Error.ShouldContain(said[0]);
        _told.ShouldBeNull();
    }

    [Fact]
    public async Task Faults_go_with_seeds_and_threads()
    {
        (await _shell.RunAsync("simulate", "--seed", "5", "--replications", "9", "--threads", "1", "--faults")).Exit.ShouldBe(ExitCode.Done);

        _told.ShouldBe(new SimulateOptions { Seed = 5, Replications = 9, Threads = 1, Faults = true });
    }

    [Fact]
    public async Task An_unknown_temperament_is_answered_with_those_there_are()
    {
        var ran = await _shell.RunAsync("simulate", "--bots", "bull=60,bear=40");

        ran.Error.ShouldContain("There is no temperament \"bull\"");
        foreach (var known in Mix.Known) { ran.Error.ShouldContain(known.Name); }
    }
}
