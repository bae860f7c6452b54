using System.CommandLine.Parsing;
using System.Text.RegularExpressions;
using Market.Node.Cli;
using Market.Node.Laboratory;
using Market.Node.Records;
using Market.Node.Tests.Cli;

namespace Market.Node.Tests.Docs;

/// <summary>The page about the laboratory, line by line as a reader would type it.</summary>
public sealed partial class LaboratoryDocTests : IDisposable
{
    private readonly Shell _shell = new();

    public LaboratoryDocTests() => _shell.Node = _shell.Node with
    {
        Simulate = SimulateMarket.RunAsync,
        Verify = VerifyJournal.RunAsync,
        Export = ExportJournal.RunAsync,
    };

    public void Dispose() => _shell.Dispose();

    [Fact]
    public async Task Every_command_shown_works()
    {
        var lines = Snippets().Matches(await PageAsync()).SelectMany(snippet => snippet.Groups[1].Value.Trim().Split('\n')).ToList();
        lines.Count.ShouldBeGreaterThanOrEqualTo(6);
        foreach (var line in lines)
        {
            // verify and export start from the process's own folder, which a test does not change.
            var typed = line.Replace("kept-7", Path.Combine(_shell.Folder, "kept-7"), StringComparison.Ordinal);
            var ran = await _shell.RunAsync([.. CommandLineParser.SplitCommandLine(typed).Skip(1)]);
            ran.Exit.ShouldBe(ExitCode.Done, $"{line}: {ran.All}");
        }
        foreach (var file in (string[])["prices.csv", "trades.csv", "board.csv", "run.svg"])
        {
            File.Exists(Path.Combine(_shell.Folder, "run-7", file)).ShouldBeTrue(file);
            (await PageAsync()).ShouldContain($"`{file}`");
        }
    }

    [Fact]
    public async Task What_it_says_of_remembered_answers_is_so()
    {
        (await PageAsync()).ShouldContain($"the last {Actors.Laboratory.LaboratoryPlan.RememberedAnswers} answers are remembered");
    }

    private static Task<string> PageAsync() => File.ReadAllTextAsync(Path.Combine(Root(AppContext.BaseDirectory), "docs", "LABORATORY.md"));

    private static string Root(string folder) => File.Exists(Path.Combine(folder, "Market.slnx")) ? folder : Root(Path.GetDirectoryName(folder)!);

    [GeneratedRegex("```sh\n(.*?)```", RegexOptions.Singleline)]
    private static partial Regex Snippets();
}
