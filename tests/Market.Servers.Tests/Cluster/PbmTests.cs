using System.Text.Json;
using System.Text.RegularExpressions;
using Market.Node.Cli;
using Market.Servers.Tests.Servers;

namespace Market.Servers.Tests.Cluster;

/// <summary>Every verb of <c>pbm</c> against three real nodes; and every line of its page as it stands there.</summary>
[Collection(nameof(ThreeNodes))]
public sealed partial class PbmTests(ThreeNodes three)
{
    private static readonly string[] Nodes = ["node-1", "node-2", "node-3"];

    [SkippableFact]
    public async Task Every_line_of_the_page_works_and_the_node_that_leaves_has_left()
    {
        await three.WholeAsync();
        await JoinAsync("alice");
        var lines = Commands().Matches(await File.ReadAllTextAsync(AtRoot("docs/PBM.md"))).Select(line => line.Groups[1].Value).ToList();
        lines.Count.ShouldBeGreaterThanOrEqualTo(10);

        foreach (var line in lines.Where(line => !line.Contains("cluster leave", StringComparison.Ordinal)))
        {
            var ran = await PbmAsync([.. Unquoted(line).Skip(2)]);
            ran.Exit.ShouldBe(ExitCode.Done, $"{line}: {ran.Out}{ran.Error}");
            ran.Out.ShouldNotBeEmpty(line);
        }

        using var ended = new CancellationTokenSource();
        await using var heard = new LinesOnDisk();
        var listening = RunAsync(heard.Writer, TextWriter.Null, ended.Token, "pbm", "cluster", "listen");
        (await PbmAsync([.. Unquoted(lines.Single(line => line.Contains("cluster leave", StringComparison.Ordinal))).Skip(2)])).Exit.ShouldBe(ExitCode.Done);
        await three.EvenAsync("node-1", "node-2");
        await Eventually.TrueAsync(() => heard.Read().Contains("node-3 left", StringComparison.Ordinal));
        await Eventually.TrueAsync(() => HasOthers(heard.Read(), "node-3"));
        await ended.CancelAsync();
        (await listening).ShouldBe(ExitCode.Done);
        three.Nodes[2].Start();
        await three.WholeAsync();
    }

    [SkippableFact]
    public async Task The_cluster_is_the_same_through_every_node()
    {
        await three.WholeAsync();
        var leaders = new List<string?>();
        for (var node = 0; node < 3; node++)
        {
            var show = await JsonAsync(node, "cluster", "show");
            show.GetProperty("nodes").EnumerateArray().Select(each => each.GetProperty("node").GetString()).ShouldBe(Nodes);
            var members = (await JsonAsync(node, "cluster", "members")).GetProperty("members").EnumerateArray().ToList();
            members.Sum(member => member.GetProperty("shards").GetArrayLength()).ShouldBe(16);
            leaders.Add((await JsonAsync(node, "cluster", "leader")).GetProperty("leader").GetString());
            (await JsonAsync(node, "cluster-sharding", "shards", "--limit", "100")).GetProperty("shards").EnumerateArray()
                .Select(shard => shard.GetProperty("path").GetString()).ShouldBe(Enumerable.Range(0, 16).Select(shard => $"/banana/shard/{shard}"));
            (await JsonAsync(node, "cluster-sharding", "stats")).GetProperty("nodes").EnumerateArray().Sum(each => each.GetProperty("shards").GetInt32()).ShouldBe(16);
            (await JsonAsync(node, "cluster-sharding", "regions")).GetProperty("nodes").GetArrayLength().ShouldBe(3);
        }
        leaders.Distinct().ShouldHaveSingleItem();
    }

    [SkippableFact]
    public async Task What_is_shown_of_an_actor_comes_from_the_node_that_owns_it()
    {
        await three.WholeAsync();
        await JoinAsync("bob");
        for (var asked = 0; asked < 3; asked++)
        {
            foreach (var shard in ThreeNodes.Shards)
            {
                var shown = await JsonAsync(asked, "actor", "show", $"/banana/shard/{shard.Shard}");
                shown.GetProperty("node").GetString().ShouldBe(three.OwnerOf(shard).Name);
            }
            var fed = await JsonAsync(asked, "actor", "ask", "/banana/trader/BONOBO/bob", $$"""{"txnId":"t{{asked}}","type":"FEED","monkeys":1}""", "--yes");
            fed.GetProperty("status").GetString().ShouldBe("ACCEPTED");
            var bob = await JsonAsync(asked, "actor", "show", "/banana/trader/BONOBO/bob");
            bob.GetProperty("state").GetProperty("trader").GetProperty("fedMonkeys").GetInt64().ShouldBe(asked + 1);
            (await JsonAsync(asked, "actor", "events", "/banana/trader/BONOBO/bob")).GetProperty("events").GetArrayLength().ShouldBe(asked + 2);
        }
    }

    [SkippableFact]
    public async Task What_one_node_wrote_down_another_shows()
    {
        await three.WholeAsync();

        (await JsonAsync(0, "log", "level", "warning", "--member", "node-2")).GetProperty("node").GetString().ShouldBe("node-2");
        (await JsonAsync(1, "log", "level")).GetProperty("level").GetString().ShouldBe("warning");
        (await JsonAsync(2, "log", "level", "information", "--member", "node-2")).GetProperty("level").GetString().ShouldBe("information");
        var peeked = await JsonAsync(0, "log", "peek", "--member", "node-2", "--limit", "1000");
        peeked.GetProperty("node").GetString().ShouldBe("node-2");
        peeked.GetProperty("lines").EnumerateArray().ShouldContain(line => line.GetProperty("text").GetString()!.Contains("takes part in the cluster", StringComparison.Ordinal));
        (await JsonAsync(0, "dead-letters")).GetProperty("nodes").GetArrayLength().ShouldBe(3);
        (await JsonAsync(0, "journal", "stats")).GetProperty("nodes").EnumerateArray().Select(node => node.GetProperty("kind").GetString()).ShouldAllBe(kind => kind == "PostgreSQL");
        (await JsonAsync(0, "journal", "verify", "--member", "node-3")).GetProperty("reports")[0].GetProperty("holds").GetBoolean().ShouldBeTrue();
    }

    [SkippableFact]
    public async Task A_node_that_is_frozen_is_left_out_and_told_of()
    {
        await three.WholeAsync();
        three.Nodes[2].Freeze();
        await three.EvenAsync("node-1", "node-2");

        await Eventually.TrueAsync(async () => (await PbmAsync("log", "level", "--member", "node-3")).Exit == ExitCode.Refused);
        (await JsonAsync(0, "cluster", "show")).GetProperty("nodes").EnumerateArray().Select(node => node.GetProperty("node").GetString()).ShouldBe(Nodes[..2]);

        three.Nodes[2].GoOn();
        await three.WholeAsync();
    }

    /// <summary>Whether every shard that a node had was taken by another after.</summary>
    private static bool HasOthers(string heard, string node) =>
        Regex.Matches(heard, $"{node} took (banana/[0-9]+)").All(had => Regex.IsMatch(heard[had.Index..], $"(?<!{node}) took {had.Groups[1].Value}\\b"));

    private async Task JoinAsync(string name)
    {
        using var http = new HttpClient();
        using var answer = await http.PostAsync(new Uri(three.Doors[0], "api/markets/banana/traders"), new StringContent($$"""{"team":"BONOBO","name":"{{name}}"}"""));
        answer.EnsureSuccessStatusCode();
    }

    private async Task<JsonElement> JsonAsync(int node, params string[] words)
    {
        var ran = await PbmAsync(["--node", three.Doors[node].ToString(), .. words, "--json"]);
        ran.Exit.ShouldBe(ExitCode.Done, $"{string.Join(' ', words)}: {ran.Out}{ran.Error}");
        return JsonDocument.Parse(ran.Out).RootElement;
    }

    private async Task<(int Exit, string Out, string Error)> PbmAsync(params string[] words)
    {
        var (output, error) = (new StringWriter(), new StringWriter());
        var exit = await RunAsync(output, error, CancellationToken.None, ["pbm", .. words]);
        return (exit, output.ToString(), error.ToString());
    }

    private Task<int> RunAsync(TextWriter output, TextWriter error, CancellationToken cancel, params string[] words) => CommandLine.RunAsync(
        words, new NodeVerbs { Run = (_, _) => Task.FromResult(ExitCode.WrongUsage) },
        new Surroundings { Out = output, Error = error, In = TextReader.Null, Folder = AppContext.BaseDirectory, Variable = Variable }, cancel);

    private string? Variable(string name) => name switch
    {
        "MARKET_NODE" => three.Doors[0].ToString(),
        "MARKET_ADMIN_TOKEN" => ThreeNodes.AdminToken,
        _ => null,
    };

    /// <summary>As a shell does.</summary>
    private static IEnumerable<string> Unquoted(string line) => Node.Cli.Pbm.Words.Of(line);

    private static string AtRoot(string path, string? folder = null)
    {
        folder ??= AppContext.BaseDirectory;
        return File.Exists(Path.Combine(folder, "Market.slnx")) ? Path.Combine(folder, path) : AtRoot(path, Path.GetDirectoryName(folder.TrimEnd('/'))!);
    }

    [GeneratedRegex(@"^\$ (monkonomy pbm .*)$", RegexOptions.Multiline)]
    private static partial Regex Commands();
}
