using Market.Actors.Runtime;
using Market.Node.Cli;
using Market.Node.Hosting;
using Market.Protocol.Values;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Market.Node.Tests.Cli.Pbm;

/// <summary>Every verb against a node that is alone: a cluster of one.</summary>
public sealed class PbmVerbTests : IAsyncLifetime
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
    public async Task The_cluster_of_one_is_itself()
    {
        (await DoneAsync("cluster", "show")).Out.ShouldContain("local is alone");
        (await DoneAsync("cluster", "members", "--json")).Json.Single().GetProperty("members")[0].GetProperty("shards").GetArrayLength().ShouldBe(4);
        (await DoneAsync("cluster", "leader", "--json")).Json.Single().GetProperty("leader").GetString().ShouldBe("local");
        (await DoneAsync("cluster", "listen", "--count", "5", "--json")).Json.Select(change => change.GetProperty("what").GetString()).ShouldBe(["joined", "took", "took", "took", "took"]);
    }

    [Fact]
    public async Task A_node_that_is_alone_does_not_leave()
    {
        var unsaid = await PbmAsync("cluster", "leave", "local");
        unsaid.Exit.ShouldBe(ExitCode.WrongUsage);
        unsaid.Error.ShouldContain("--yes");

        var refused = await PbmAsync("cluster", "leave", "local", "--yes");
        refused.Exit.ShouldBe(ExitCode.Refused);
        refused.Error.ShouldContain("ALONE");
        (await PbmAsync("cluster", "leave", "nobody", "--yes")).Exit.ShouldBe(ExitCode.Refused);
    }

    [Fact]
    public async Task Shards_are_shown_a_page_at_a_time()
    {
        await _node.JoinAsync("alice");

        (await DoneAsync("cluster-sharding", "regions")).Out.ShouldContain("running");
        var first = (await DoneAsync("cluster-sharding", "shards", "--limit", "3", "--json")).Json.Single();
        first.GetProperty("shards").GetArrayLength().ShouldBe(3);
        first.GetProperty("next").GetInt64().ShouldBe(3);
        var text = await DoneAsync("cluster-sharding", "shards", "--from", "3");
        text.Out.ShouldContain("/banana/shard/3");
        text.Out.ShouldNotContain("more:");
        var stats = (await DoneAsync("cluster-sharding", "stats", "--json")).Json.Single().GetProperty("nodes")[0];
        stats.GetProperty("shards").GetInt32().ShouldBe(4);
        stats.GetProperty("traders").GetInt32().ShouldBe(1);
    }

    [Fact]
    public async Task The_hierarchy_goes_from_markets_to_traders_in_pages()
    {
        for (var number = 0; number < 5; number++) { await _node.JoinAsync($"t{number}"); }

        (await DoneAsync("actor", "hierarchy")).Lines.ShouldHaveSingleItem().ShouldStartWith("/banana");
        var all = await DoneAsync("actor", "hierarchy", "/", "--depth", "4");
        foreach (var path in (string[])["/banana/market", "/banana/price", "/banana/plantation", "/banana/gibber", "/banana/shard/3", "/banana/trader/BONOBO/t4"]) { all.Out.ShouldContain(path); }
        var seen = new List<string>();
        string? from = null;
        do
        {
            var page = (await DoneAsync(["actor", "hierarchy", "/banana/trader/BONOBO", "--limit", "2", "--json", .. from is null ? Array.Empty<string>() : ["--from", from]])).Json.Single();
            seen.AddRange(page.GetProperty("actors").EnumerateArray().Select(actor => actor.GetProperty("path").GetString()!));
            from = page.TryGetProperty("next", out var next) ? next.ToString() : null;
        }
        while (from is not null);
        seen.Order(StringComparer.Ordinal).ShouldBe(Enumerable.Range(0, 5).Select(number => $"/banana/trader/BONOBO/t{number}"));
        (await PbmAsync("actor", "hierarchy", "/banana/shard/4")).Exit.ShouldBe(ExitCode.Refused);
        (await PbmAsync("actor", "hierarchy", "/kiwi")).Exit.ShouldBe(ExitCode.Refused);
    }

    [Fact]
    public async Task A_trader_is_shown_with_its_last_answers_and_its_events()
    {
        var alice = await _node.JoinAsync("alice");
        await _node.CommandAsync(alice, """{"txnId":"t1","type":"BUY","shares":2}""");

        var shown = (await DoneAsync("actor", "show", "/banana/trader/BONOBO/alice", "--json")).Json.Single();
        shown.GetProperty("node").GetString().ShouldBe("local");
        shown.GetProperty("state").GetProperty("trader").GetProperty("shares").GetInt64().ShouldBe(7);
        shown.GetProperty("last")[0].GetProperty("status").GetString().ShouldBe("ACCEPTED");
        shown.GetProperty("mailbox").GetProperty("waiting").GetInt32().ShouldBe(0);
        shown.GetProperty("memoryBytes").GetInt64().ShouldBeGreaterThan(100);
        var events = (await DoneAsync("actor", "events", "/banana/trader/BONOBO/alice", "--limit", "1", "--json")).Json.Single();
        events.GetProperty("events")[0].GetProperty("type").GetString().ShouldBe("JOINED");
        (await DoneAsync("actor", "events", "/banana/trader/BONOBO/alice", "--from", events.GetProperty("next").ToString())).Out.ShouldContain("txnId=t1");
    }

    [Theory]
    [InlineData("/banana/market", "status=running")]
    [InlineData("/banana/price", "seq=1")]
    [InlineData("/banana/plantation", "growing=0")]
    [InlineData("/banana/gibber", "posted=1")]
    [InlineData("/banana/shard/2", "sequence=")]
    public async Task Every_kind_of_actor_is_shown_with_its_events(string path, string state)
    {
        await _node.GibbAsync("ada", "banana");

        (await DoneAsync("actor", "show", path)).Out.ShouldContain(state);
        var newest = await DoneAsync("actor", "events", path);
        newest.Out.ShouldNotContain("Seed");
        (await DoneAsync("actor", "events", path, "--from", "1")).Out.ShouldBe(newest.Out);
    }

    [Fact]
    public async Task A_page_of_events_says_where_the_next_begins()
    {
        var first = (await DoneAsync("actor", "events", "/banana/shard/0", "--from", "1", "--limit", "2", "--json")).Json.Single();
        first.GetProperty("events").GetArrayLength().ShouldBe(2);
        first.GetProperty("next").GetInt64().ShouldBe(3);
        var all = (await DoneAsync("actor", "events", "/banana/shard/0", "--json")).Json.Single().GetProperty("events").GetArrayLength();
        for (var seq = 1; seq <= all; seq++) // one of them in the middle of a turn
        {
            var one = (await DoneAsync("actor", "events", "/banana/shard/0", "--from", $"{seq}", "--limit", "1", "--json")).Json.Single();
            one.GetProperty("events")[0].GetProperty("seq").GetInt64().ShouldBe(seq);
        }
    }

    [Theory]
    [InlineData("/banana/trader/BONOBO/nobody")]
    [InlineData("/banana/trader")]
    [InlineData("/banana/shard/99")]
    [InlineData("/kiwi/price")]
    [InlineData("nonsense")]
    public async Task What_is_not_there_is_refused(string path) => (await PbmAsync("actor", "show", path)).Exit.ShouldBe(ExitCode.Refused);

    [Fact]
    public async Task Asking_for_a_state_changes_nothing_and_all_else_needs_yes()
    {
        await _node.JoinAsync("alice");
        const string Feed = """{"txnId":"t1","type":"FEED","monkeys":1}""";

        (await DoneAsync("actor", "ask", "/banana/trader/BONOBO/alice", """{"ask":"state"}""")).Out.ShouldContain("fedMonkeys=0");
        (await PbmAsync("actor", "ask", "/banana/trader/BONOBO/alice", Feed)).Exit.ShouldBe(ExitCode.WrongUsage);
        (await DoneAsync("actor", "ask", "/banana/trader/BONOBO/alice", Feed, "--yes")).Out.ShouldContain("status=ACCEPTED");
        (await PbmAsync("actor", "ask", "/banana/trader/BONOBO/alice", """{"txnId":"t2","type":"FEED","monkeys":1000}""", "--yes")).Exit.ShouldBe(ExitCode.Refused);
        (await DoneAsync("actor", "ask", "/banana/gibber", """{"author":"ada","text":"banana"}""", "--yes")).Out.ShouldContain("source=admin");
        (await DoneAsync("actor", "ask", "/banana/market", """{"action":"pause"}""", "--yes")).Out.ShouldContain("status=paused");
        (await PbmAsync("actor", "ask", "/banana/market", """{"action":"pause"}""", "--yes")).Exit.ShouldBe(ExitCode.Refused);
        (await PbmAsync("actor", "ask", "/banana/price", """{"price":1000}""", "--yes")).Exit.ShouldBe(ExitCode.Refused);
        (await PbmAsync("actor", "ask", "/banana/price", "no json", "--yes")).Exit.ShouldBe(ExitCode.WrongUsage);
    }

    [Theory]
    [InlineData("busy")]
    [InlineData("slow")]
    [InlineData("full")]
    public async Task The_top_is_shown_once_when_nobody_looks(string by) =>
        (await DoneAsync("actor", "top", "--by", by, "--every", "10ms", "--limit", "2", "--json")).Json.Single().GetProperty("mailboxes").GetArrayLength().ShouldBe(2);

    [Fact]
    public async Task The_journal_is_counted_read_and_found_sound()
    {
        var stats = (await DoneAsync("journal", "stats", "--json")).Json.Single().GetProperty("nodes")[0];
        stats.GetProperty("kind").GetString().ShouldBe("SQLite");
        stats.GetProperty("writable").GetBoolean().ShouldBeTrue();
        (await DoneAsync("journal", "tail", "--limit", "3", "--json")).Json.Single().GetProperty("events").GetArrayLength().ShouldBe(3);
        (await DoneAsync("journal", "tail", "--shard", "1", "--from", "1", "--limit", "1")).Out.ShouldContain("seq=1 ");
        (await PbmAsync("journal", "tail", "--from", "1")).Exit.ShouldBe(ExitCode.WrongUsage);
        (await PbmAsync("journal", "tail", "--shard", "4")).Exit.ShouldBe(ExitCode.Refused);
        (await DoneAsync("journal", "verify")).Out.ShouldContain("All holds.");
    }

    [Fact]
    public async Task The_log_is_shown_harmless_and_its_level_is_set()
    {
        _node.Services.GetRequiredService<ILoggerFactory>().CreateLogger("Somewhere").LogWarning("red \u001b[31m and {Secret}", NodeFixture.AdminToken);

        var peeked = await DoneAsync("log", "peek");
        peeked.Out.ShouldContain("warning Somewhere: red <U+001B>[31m and ***");
        (await DoneAsync("log", "level", "error")).Out.ShouldContain("local logs from error on.");
        _node.Services.GetRequiredService<ILoggerFactory>().CreateLogger("Somewhere").LogWarning("not said");
        (await DoneAsync("log", "peek")).Out.ShouldNotContain("not said");
        (await DoneAsync("log", "level")).Out.ShouldContain("error");
        (await PbmAsync("log", "level", "loud")).Exit.ShouldBe(ExitCode.Refused);
        (await PbmAsync("log", "level", "--member", "node-9")).Exit.ShouldBe(ExitCode.Refused);
    }

    [Fact]
    public async Task Dead_letters_are_shown_the_newest_first()
    {
        var letters = _node.Services.GetRequiredService<MarketNode>().DeadLetters;
        for (var number = 1; number <= 3; number++) { letters.Add(new DeadLetter(new Timestamp(0), "/banana/trader/BONOBO/e\u202Evil", $"BUY {number}", "because\nat a place")); }

        var shown = await DoneAsync("dead-letters", "--limit", "2");

        shown.Out.ShouldContain("3 dead letters");
        shown.Lines.Count(line => line.Contains("BUY", StringComparison.Ordinal)).ShouldBe(2);
        shown.Out.ShouldContain("e<U+202E>vil BUY 3: because");
        shown.Out.ShouldNotContain("at a place");
        shown.Out.ShouldContain("more: --from 2");
        (await DoneAsync("dead-letters", "--json")).Json.Single().GetProperty("nodes")[0].GetProperty("letters")[0].GetProperty("cause").GetString()!.ShouldContain("at a place");
    }

    [Fact]
    public async Task Names_of_strangers_move_no_cursor()
    {
        await _node.JoinAsync("ev\u202Eil 🐒/x");

        foreach (var verb in (string[][])[["actor", "show", "/banana/trader/BONOBO/ev\u202Eil 🐒/x"], ["actor", "hierarchy", "/banana/trader/BONOBO"], ["journal", "tail", "--limit", "50"]])
        {
            var ran = await DoneAsync(verb);
            ran.Out.ShouldContain("ev<U+202E>il 🐒/x");
            ran.All.ShouldNotContain("\u202E");
            (await DoneAsync([.. verb, "--json"])).All.ShouldNotContain("\u202E");
        }
    }

    [Fact]
    public async Task The_price_is_watched()
    {
        await using var lively = await NodeFixture.StartAsync(options => options.WithTick(20));

        (await DoneAsync("price", "watch", "--count", "2", "--node", lively.Url.ToString())).Lines.ShouldAllBe(line => line.Contains("price", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Help_says_what_a_verb_does()
    {
        (await DoneAsync("help")).Out.ShouldContain("cluster-sharding");
        (await DoneAsync("help", "actor", "show")).Out.ShouldContain("monkonomy pbm actor show /banana/shard/3");
        (await PbmAsync("help", "nonsense")).Exit.ShouldBe(ExitCode.Done);
    }

    [Fact]
    public async Task Without_the_organisers_token_nothing_is_shown()
    {
        foreach (var path in (string[])["cluster", "node", "shards", "actors", "actor?path=/banana/price", "events?path=/banana/price", "journal", "log", "dead-letters", "audit"])
        {
            (await _node.GetAsync($"/api/admin/pbm/{path}")).Status.ShouldBe(401, path);
        }
        var refused = await PbmAsync("cluster", "show", "--admin-token", "not-the-token");
        refused.Exit.ShouldBe(ExitCode.Refused);
        refused.All.ShouldNotContain("not-the-token");
        (await _shell.With("MARKET_ADMIN_TOKEN", "").RunAsync("pbm", "cluster", "show")).Exit.ShouldBe(ExitCode.WrongUsage);
    }

    [Fact]
    public async Task A_node_that_is_not_there_is_a_failure() => (await PbmAsync("--node", "http://127.0.0.1:1", "cluster", "show")).Exit.ShouldBe(ExitCode.Failed);

    private async Task<Ran> DoneAsync(params string[] words)
    {
        var ran = await PbmAsync(words);
        ran.Exit.ShouldBe(ExitCode.Done, $"{string.Join(' ', words)}: {ran.All}");
        return ran;
    }

    private Task<Ran> PbmAsync(params string[] words) => _shell.RunAsync(["pbm", .. words]);
}
