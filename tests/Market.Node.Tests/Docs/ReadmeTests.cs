using System.Diagnostics;
using System.Text.RegularExpressions;
using Market.Actors.Runtime;
using Market.Node.Config;
using Market.Node.Doors;
using Market.Node.Hosting;
using Market.Protocol.Messages;
using Market.Protocol.Values;
using Microsoft.Extensions.DependencyInjection;

namespace Market.Node.Tests.Docs;

/// <summary>What the documents show is run as it stands there.</summary>
public partial class ReadmeTests
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    [SkippableFact]
    public async Task The_first_bot_of_the_readme_trades()
    {
        Skip.If(!HasNode() && Environment.GetEnvironmentVariable("CI") != "true", "Node.js is not on the PATH.");
        var folder = Directory.CreateTempSubdirectory("monkonomy-readme-").FullName;
        await using var app = NodeHost.Build(new NodeOptions
        {
            DataFolder = Path.Combine(folder, "data"),
            Http = new HttpOptions(Port: 0),
            Bots = new BotOptions(0),
            Markets = [new MarketOptions(new MarketRules { Market = MarketId.Of("banana") })],
        });
        await app.Services.GetRequiredService<MarketNode>().StartAsync(CancellationToken.None);
        await app.StartAsync();
        var bot = Path.Combine(folder, "bot.mjs");
        await File.WriteAllTextAsync(bot, Snippet("README.md", "js").Replace("http://127.0.0.1:5080", app.Urls.First(), StringComparison.Ordinal));
        (await FirstLineAsync(bot)).ShouldContain("ACCEPTED");
        await app.StopAsync();
    }

    [Fact]
    public void The_readme_bot_is_five_lines() => Snippet("README.md", "js").Trim().Split('\n').Length.ShouldBe(5);

    [Fact]
    public void Commands_shown_in_the_protocol_are_commands()
    {
        foreach (var line in Snippet("docs/PROTOCOL.md", "json").Trim().Split('\n'))
        {
            CommandFrame.Read(new System.Buffers.ReadOnlySequence<byte>(System.Text.Encoding.UTF8.GetBytes(line)), 1).Commands[0].Problem.ShouldBeNull(line);
        }
    }

    [Fact]
    public void Every_status_is_in_the_protocol()
    {
        var protocol = Read("docs/PROTOCOL.md");
        foreach (var status in Enum.GetValues<Status>()) { protocol.ShouldContain($"| {(int)status} | `{status.Name()}` |"); }
    }

    [Fact]
    public void Documents_that_are_named_are_there()
    {
        foreach (var document in (string[])["README.md", "CONTRIBUTING.md", "docs/ARCHITECTURE.md"])
        {
            foreach (Match link in Link().Matches(Read(document)))
            {
                Path.Exists(Path.Combine(Root, Path.GetDirectoryName(document)!, link.Groups[1].Value)).ShouldBeTrue($"{document} names {link.Groups[1].Value}");
            }
        }
    }

    private static string Root { get; } = FindRoot(AppContext.BaseDirectory);

    private static string FindRoot(string folder) => File.Exists(Path.Combine(folder, "Market.slnx")) ? folder : FindRoot(Path.GetDirectoryName(folder)!);

    private static string Read(string document) => File.ReadAllText(Path.Combine(Root, document));

    private static string Snippet(string document, string language) =>
        Regex.Match(Read(document), $"```{language}\n(.*?)```", RegexOptions.Singleline).Groups[1].Value;

    private static bool HasNode() => (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator)
        .Any(folder => File.Exists(Path.Combine(folder, OperatingSystem.IsWindows() ? "node.exe" : "node")));

    private static async Task<string> FirstLineAsync(string bot)
    {
        using var node = Process.Start(new ProcessStartInfo("node", [bot]) { RedirectStandardOutput = true })!;
        try
        {
            var lines = "";
            while (!lines.Contains("status", StringComparison.Ordinal) && await node.StandardOutput.ReadLineAsync().WaitAsync(Patience) is { } line) { lines += line + "\n"; }
            return lines;
        }
        finally
        {
            node.Kill();
        }
    }

    [GeneratedRegex(@"\]\((?!https?:)([^)#]+)\)")]
    private static partial Regex Link();
}
