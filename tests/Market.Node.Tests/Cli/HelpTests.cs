using System.CommandLine;
using Market.Node.Cli;

namespace Market.Node.Tests.Cli;

public sealed class HelpTests : IDisposable
{
    private readonly Shell _shell = new()
    {
        Node = new NodeVerbs
        {
            Run = (_, _) => throw new InvalidOperationException("Help runs nothing."),
            Verify = (_, _) => throw new InvalidOperationException("Help runs nothing."),
            Export = (_, _) => throw new InvalidOperationException("Help runs nothing."),
            Simulate = (_, _, _) => throw new InvalidOperationException("Help runs nothing."),
        },
    };

    public void Dispose() => _shell.Dispose();

    [Fact]
    public async Task Every_verb_says_an_example_its_options_and_the_exit_codes()
    {
        foreach (var line in Lines())
        {
            var ran = await _shell.RunAsync([.. line, "--help"]);

            ran.Exit.ShouldBe(ExitCode.Done, string.Join(' ', line));
            ran.Out.ShouldContain("Example");
            ran.Out.ShouldContain($"monkonomy {string.Join(' ', line)}");
            ran.Out.ShouldContain("3 refused by the market");
        }
    }

    [Fact]
    public async Task Every_verb_that_does_something_can_answer_in_JSON()
    {
        foreach (var line in Lines().Where(line => line is not [("trader" or "admin")]))
        {
            (await _shell.RunAsync([.. line, "--help"])).Out.ShouldContain("--json", Case.Sensitive, string.Join(' ', line));
        }
    }

    [Fact]
    public async Task The_examples_are_right_usage()
    {
        var ran = 0;
        var all = new NodeVerbs { Run = Count, Verify = Count, Export = Count, Simulate = (options, _, cancel) => Count(options, cancel) };
        foreach (var verb in Verbs(CommandLine.Root(all, _shell.Around(TextWriter.Null, TextWriter.Null))))
        {
            verb.Examples.ShouldNotBeEmpty(verb.Name);
            foreach (var example in verb.Examples)
            {
                var words = System.CommandLine.Parsing.CommandLineParser.SplitCommandLine(example).Skip(1).ToArray();
                _shell.Node = all;
                var node = words[0] is "run" or "verify" or "export" or "simulate" || words[0].StartsWith('-');
                var typed = node ? words : [.. words, "--node", "http://127.0.0.1:1", "--help"];
                (await _shell.RunAsync(typed)).Exit.ShouldBe(ExitCode.Done, example);
            }
        }
        ran.ShouldBeGreaterThan(3);

        Task<int> Count<T>(T options, CancellationToken cancel)
        {
            ran++;
            return Task.FromResult(ExitCode.Done);
        }
    }

    [Fact]
    public async Task Help_of_the_root_lists_the_verbs()
    {
        var ran = await _shell.RunAsync("--help");

        foreach (var verb in (string[])["run", "board", "trader", "send", "gibb", "watch", "admin", "verify", "export", "simulate", "bench"]) { ran.Out.ShouldContain(verb); }
        ran.Exit.ShouldBe(ExitCode.Done);
    }

    [Fact]
    public async Task The_version_is_said() => (await _shell.RunAsync("--version")).Exit.ShouldBe(ExitCode.Done);

    private List<string[]> Lines() => [.. Verbs(CommandLine.Root(_shell.Node, _shell.Around(TextWriter.Null, TextWriter.Null))).Select(LineOf)];

    private static string[] LineOf(Command verb) =>
        verb.Parents.OfType<Verb>().FirstOrDefault() is { } parent ? [.. LineOf(parent), verb.Name] : [verb.Name];

    private static IEnumerable<Verb> Verbs(Command command) =>
        command.Subcommands.OfType<Verb>().SelectMany(verb => Verbs(verb).Prepend(verb));
}
