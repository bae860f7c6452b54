using Market.Node.Cli;

namespace Market.Node.Tests.Cli.Pbm;

public sealed class PromptTests : IAsyncLifetime
{
    private readonly Shell _shell = new();
    private NodeFixture _node = null!;

    public async Task InitializeAsync()
    {
        _node = await NodeFixture.StartAsync();
        _shell.With("MARKET_NODE", _node.Url.ToString()).With("MARKET_ADMIN_TOKEN", NodeFixture.AdminToken);
    }

    public async Task DisposeAsync()
    {
        await _node.DisposeAsync();
        _shell.Dispose();
    }

    [Fact]
    public async Task Piped_lines_are_run_one_after_the_other()
    {
        _shell.Typed = "# who is there\n\ncluster leader\nactor ask /banana/price {\"ask\": \"state\"}\nexit\ncluster members\n";

        var ran = await _shell.RunAsync("pbm");

        ran.Exit.ShouldBe(ExitCode.Done, ran.All);
        ran.Out.ShouldContain("local, since");
        ran.Out.ShouldContain("/banana/price on");
        ran.Out.ShouldNotContain("door");
    }

    [Fact]
    public async Task It_ends_with_the_first_code_that_was_not_0_and_goes_on_till_then()
    {
        _shell.Typed = "actor show /banana/trader/BONOBO/nobody\nnonsense\n--json\ncluster leader";

        var ran = await _shell.RunAsync("pbm");

        ran.Exit.ShouldBe(ExitCode.Refused);
        ran.Out.ShouldContain("local, since");
    }

    [Fact]
    public async Task What_was_said_before_the_prompt_holds_for_every_line()
    {
        _shell.Typed = "cluster leader\ncluster leader\n";

        (await _shell.RunAsync("pbm", "--json")).Json.Select(leader => leader.GetProperty("leader").GetString()).ShouldBe(["local", "local"]);
    }

    [Fact]
    public async Task At_a_keyboard_lines_are_typed_completed_and_run()
    {
        using var keys = new KeyboardDouble();
        keys.Type("cluster lead").Press(ConsoleKey.Tab, ConsoleKey.Enter).Type("actor show /ban").Press(ConsoleKey.Tab).Type("pr").Press(ConsoleKey.Tab, ConsoleKey.Enter).Line("exit");
        var screen = new StringWriter();

        var exit = await CommandLine.RunAsync(["pbm"], _shell.Node, _shell.Around(screen, TextWriter.Null) with { Keyboard = keys });

        exit.ShouldBe(ExitCode.Done);
        screen.ToString().ShouldContain("local, since");
        screen.ToString().ShouldContain("/banana/price on /banana/shard/");
        keys.IsTaken.ShouldBeFalse();
    }

    [Fact]
    public async Task What_is_shown_live_ends_with_q()
    {
        using var keys = new KeyboardDouble { HasKey = true };
        keys.Line("cluster listen").Press(ConsoleKey.Q).Control(ConsoleKey.D);

        (await CommandLine.RunAsync(["pbm"], _shell.Node, _shell.Around(new StringWriter(), TextWriter.Null) with { Keyboard = keys })).ShouldBe(ExitCode.Done);
    }
}
