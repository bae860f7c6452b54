using System.Net;
using Market.Node.Cli;

namespace Market.Node.Tests.Cli;

public sealed class RunVerbTests : IDisposable
{
    private readonly Shell _shell = new();
    private RunOptions? _run;
    private VerifyOptions? _verify;
    private ExportOptions? _export;

    public RunVerbTests() => _shell.Node = new NodeVerbs
    {
        Run = (options, _) => { _run = options; return Task.FromResult(7); },
        Verify = (options, _) => { _verify = options; return Task.FromResult(ExitCode.Done); },
        Export = (options, _) => { _export = options; return Task.FromResult(ExitCode.Done); },
    };

    public void Dispose() => _shell.Dispose();

    [Fact]
    public async Task No_verb_runs_a_node_with_nothing_said()
    {
        var ran = await _shell.RunAsync();

        ran.Exit.ShouldBe(7);
        _run.ShouldBe(new RunOptions());
    }

    [Theory]
    [InlineData("run")]
    [InlineData("node")]
    [InlineData(null)]
    public async Task Every_option_of_run_is_read(string? verb)
    {
        string[] options =
        [
            "--config", "c.hocon", "--data", "d", "--http", "127.0.0.1:0", "--bots", "3", "--tick", "250ms",
            "--seed", "18446744073709551615", "--gibbs", "g.jsonl", "--gibbs-speed", "2.5", "--json",
        ];

        var ran = await _shell.RunAsync(verb is null ? options : [verb, .. options]);

        ran.Error.ShouldBeEmpty();
        _run.ShouldBe(new RunOptions
        {
            ConfigFile = "c.hocon",
            DataFolder = "d",
            Http = new IPEndPoint(IPAddress.Loopback, 0),
            Bots = 3,
            Tick = TimeSpan.FromMilliseconds(250),
            Seed = ulong.MaxValue,
            GibbsFile = "g.jsonl",
            GibbsSpeed = 2.5,
            Json = true,
            InCluster = verb == "node",
        });
    }

    [Fact]
    public async Task A_node_of_a_cluster_has_a_name()
    {
        await _shell.RunAsync("node", "--name", "node-2");

        _run.ShouldBe(new RunOptions { InCluster = true, NodeName = "node-2" });
    }

    [Theory]
    [InlineData("localhost:80", "127.0.0.1:80")]
    [InlineData("*:5080", "0.0.0.0:5080")]
    [InlineData("[::1]:5080", "[::1]:5080")]
    public async Task Addresses_are_read_as_people_write_them(string typed, string meant)
    {
        await _shell.RunAsync("--http", typed);

        _run!.Http!.ToString().ShouldBe(meant);
    }

    [Theory]
    [InlineData("--http", "5080")]
    [InlineData("--http", ":5080")]
    [InlineData("--http", "::1:5080")]
    [InlineData("--http", "127.0.0.1:65536")]
    [InlineData("--bots", "-1")]
    [InlineData("--bots", "1001")]
    [InlineData("--bots", "many")]
    [InlineData("--tick", "0s")]
    [InlineData("--tick", "-1s")]
    [InlineData("--tick", "5")]
    [InlineData("--tick", "25h")]
    [InlineData("--seed", "-1")]
    [InlineData("--gibbs-speed", "0")]
    [InlineData("--gibbs-speed", "NaN")]
    public async Task A_wrong_value_is_wrong_usage_that_names_its_option(string option, string value)
    {
        var ran = await _shell.RunAsync("run", option, value);

        ran.Exit.ShouldBe(ExitCode.WrongUsage);
        ran.Error.ShouldContain(option);
        _run.ShouldBeNull();
    }

    [Fact]
    public async Task An_option_of_run_before_another_verb_is_wrong_usage()
    {
        var ran = await _shell.RunAsync("--seed", "5", "board");

        ran.Exit.ShouldBe(ExitCode.WrongUsage);
        ran.Error.ShouldContain("board");
    }

    [Fact]
    public async Task Verify_takes_the_usual_folder_and_every_market()
    {
        await _shell.RunAsync("verify");
        _verify.ShouldBe(new VerifyOptions("data", null, false));

        await _shell.RunAsync("verify", "--data", "d", "--market", "mango", "--json");
        _verify.ShouldBe(new VerifyOptions("d", Market.Protocol.Values.MarketId.Of("mango"), true));

        await _shell.RunAsync("verify", "--repair", "copy", "--dry-run");
        _verify.ShouldBe(new VerifyOptions("data", null, false) { RepairTo = "copy", DryRun = true });
    }

    [Theory]
    [InlineData("--dry-run")]
    [InlineData("--repair", "copy", "--market", "mango")]
    public async Task Verify_refuses_what_it_could_only_half_do(params string[] options)
    {
        (await _shell.RunAsync(["verify", .. options])).Exit.ShouldBe(ExitCode.WrongUsage);
        _verify.ShouldBeNull();
    }

    [Fact]
    public async Task Verify_and_export_take_the_journal_of_a_cluster()
    {
        await _shell.RunAsync("verify", "--cluster", "monkonomy");
        await _shell.RunAsync("export", "--cluster", "monkonomy", "--what", "board");

        _verify.ShouldBe(new VerifyOptions("data", null, false) { Cluster = "monkonomy" });
        _export!.Cluster.ShouldBe("monkonomy");
    }

    [Theory]
    [InlineData("board", ExportSubject.Board, ExportFormat.Csv)]
    [InlineData("prices", ExportSubject.Prices, ExportFormat.Csv)]
    [InlineData("events", ExportSubject.Events, ExportFormat.JsonLines)]
    [InlineData("gibbs", ExportSubject.Gibbs, ExportFormat.Csv)]
    public async Task Export_picks_the_format_that_suits(string what, ExportSubject subject, ExportFormat format)
    {
        await _shell.RunAsync("export", "--what", what);

        _export.ShouldBe(new ExportOptions("data", subject, Market.Protocol.Values.MarketId.Of("banana"), format, null));
    }

    [Theory]
    [InlineData("jsonl", ExportFormat.JsonLines)]
    [InlineData("csv", ExportFormat.Csv)]
    public async Task Export_writes_the_format_asked_for_where_it_is_asked_for(string typed, ExportFormat format)
    {
        await _shell.RunAsync("export", "--data", "d", "--what", "board", "--market", "mango", "--format", typed, "--out", "o");

        _export.ShouldBe(new ExportOptions("d", ExportSubject.Board, Market.Protocol.Values.MarketId.Of("mango"), format, "o"));
    }

    [Theory]
    [InlineData("export")]
    [InlineData("export", "--what", "secrets")]
    [InlineData("export", "--what", "board", "--format", "xml")]
    [InlineData("export", "--what", "board", "--format", "csv", "--json")]
    [InlineData("verify", "--market", "Not A Market")]
    public async Task What_cannot_be_exported_or_verified_is_wrong_usage(params string[] args)
    {
        var ran = await _shell.RunAsync(args);

        ran.Exit.ShouldBe(ExitCode.WrongUsage);
        ran.Error.ShouldContain("--help");
    }

    [Fact]
    public async Task Verbs_that_were_not_composed_do_not_exist()
    {
        _shell.Node = new NodeVerbs { Run = _shell.Node.Run };

        (await _shell.RunAsync("verify")).Exit.ShouldBe(ExitCode.WrongUsage);
        (await _shell.RunAsync("export", "--what", "board")).Exit.ShouldBe(ExitCode.WrongUsage);
    }

    [Fact]
    public async Task Further_verbs_are_run_as_they_are()
    {
        var more = new Verb("replay", "Play again.", "monkonomy replay");
        more.SetAction(_ => 5);
        _shell.Node = _shell.Node with { More = [more] };

        (await _shell.RunAsync("replay")).Exit.ShouldBe(5);
        (await _shell.RunAsync("replay", "--help")).Out.ShouldContain("Example:");
    }
}
