namespace Market.Node.Tests.Doors.Http;

public sealed class GibbTests(SharedNode shared) : IClassFixture<SharedNode>
{
    private readonly NodeFixture _node = shared.Node;

    [Fact]
    public async Task Gibb_is_202_as_scored()
    {
        var gibb = (await _node.GibbAsync("ada", "happy happy banana, no risk"));

        gibb.Status.ShouldBe(202);
        gibb["points"].GetInt64().ShouldBe(0);
        gibb["counted"].GetBoolean().ShouldBeTrue();
        gibb["source"].GetString().ShouldBe("api");
        gibb["author"].GetString().ShouldBe("ada");
        gibb["text"].GetString().ShouldBe("happy happy banana, no risk");
        gibb["id"].GetString().ShouldNotBeNullOrEmpty();
        gibb.Json.Has("reason").ShouldBeFalse();
        (await _node.GibbAsync("ada", "buy banana")).Json.Whole("points").ShouldBe(1);
        (await _node.GibbAsync("ada", "#mktd sell")).Json.Whole("points").ShouldBe(99);
    }

    [Fact]
    public async Task What_is_not_counted_says_why()
    {
        (await _node.GibbAsync("bob", "buy apples")).Json.Text("reason").ShouldBe("OFF_TOPIC");
        await _node.GibbAsync("bob", "buy bananas");
        var repeated = (await _node.GibbAsync("bob", "buy bananas")).Json;
        repeated.GetProperty("counted").GetBoolean().ShouldBeFalse();
        repeated.Text("reason").ShouldBe("REPEATED");
    }

    [Fact]
    public async Task Six_a_minute_count_and_the_seventh_is_too_many()
    {
        for (var i = 0; i < 6; i++) { (await _node.GibbAsync("eve", $"buy banana {i}")).Json.GetProperty("counted").GetBoolean().ShouldBeTrue(); }

        (await _node.GibbAsync("eve", "buy banana 7")).Json.Text("reason").ShouldBe("TOO_MANY");
        (await _node.GibbAsync("someone else", "buy banana 7")).Json.GetProperty("counted").GetBoolean().ShouldBeTrue();
    }

    [Fact]
    public async Task Market_that_is_paused_counts_none()
    {
        await using var node = await NodeFixture.StartAsync();
        await node.AdminAsync("pause");

        (await node.GibbAsync("ada", "buy banana")).Json.Text("reason").ShouldBe("MARKET_CLOSED");
    }

    [Fact]
    public async Task Last_gibbs_come_oldest_first()
    {
        await using var node = await NodeFixture.StartAsync();
        for (var i = 0; i < 5; i++) { await node.GibbAsync("ada", $"banana {i}"); }

        var all = (await node.GetAsync("/api/markets/banana/gibbs")).Json;
        var two = (await node.GetAsync("/api/markets/banana/gibbs?limit=2")).Json;

        all.EnumerateArray().Select(gibb => gibb.Text("text")).ShouldBe(["banana 0", "banana 1", "banana 2", "banana 3", "banana 4"]);
        all.EnumerateArray().Select(gibb => gibb.Text("id")).ShouldBeUnique();
        two.EnumerateArray().Select(gibb => gibb.Text("text")).ShouldBe(["banana 3", "banana 4"]);
        (await node.GetAsync("/api/markets/banana/gibbs?limit=0")).Text.ShouldBe("[]");
    }

    [Theory]
    [InlineData("""{"text":"banana"}""", "author")]
    [InlineData("""{"author":"","text":"banana"}""", "author")]
    [InlineData("""{"author":"a\u0007","text":"banana"}""", "author")]
    [InlineData("""{"author":"a"}""", "text")]
    [InlineData("""{"author":"a","text":""}""", "text")]
    [InlineData("""{"author":"a","text":7}""", "text")]
    [InlineData("""{"author":"a","text":"\u001b[31m"}""", "text")]
    [InlineData("""{"author":"a","text":"\udc00"}""", "text")]
    [InlineData("7", "body")]
    public async Task Wrong_field_is_named(string body, string field)
    {
        (await _node.PostAsync("/api/markets/banana/gibbs", body)).ShouldBeProblem(400, 10, "MALFORMED").Text("detail").ShouldContain(field);
    }

    [Fact]
    public async Task Text_may_have_500_characters_and_no_more()
    {
        (await _node.GibbAsync("long", new string('b', 500))).Status.ShouldBe(202);
        (await _node.GibbAsync("long", new string('b', 501))).ShouldBeProblem(400, 10, "MALFORMED").Text("detail").ShouldContain("500");
    }

    [Theory]
    [InlineData("<b>banana</b> & \"quotes\"")]
    [InlineData("\u202Ebanana 🍌\nnew line\ttab")]
    public async Task Hostile_text_is_shown_as_it_was_said_and_never_as_markup(string text)
    {
        await _node.GibbAsync("<i>x</i>", text);

        var reply = await _node.GetAsync("/api/markets/banana/gibbs?limit=1000");
        reply.Json.EnumerateArray().Select(gibb => gibb.Text("text")).ShouldContain(text);
        reply.Text.ShouldNotContain("<b>");
    }

    [Fact]
    public async Task Posting_faster_than_the_limit_is_429()
    {
        await using var node = await NodeFixture.StartAsync(options => options.WithLimits(limits => limits with { GibbsPerSecond = 1 }));

        var reply = await NodeFixture.RateLimitedAsync(() => node.GibbAsync("ada", "again"));

        reply.ShouldBeProblem(429, 14, "RATE_LIMITED");
        reply.Headers.RetryAfter.ShouldNotBeNull();
        await node.JoinAsync("joining-is-counted-apart");
    }

    [Fact]
    public async Task Talk_moves_the_price_of_the_next_tick()
    {
        await using var node = await NodeFixture.StartAsync(options => options.WithTick(10));
        await using var socket = await node.ConnectAsync();
        await socket.WatchAsync("price");

        await node.GibbAsync("ada", "#mktd");

        var tick = await socket.NextAsync("price");
        while (tick.Coins("hype") == 0) { tick = await socket.NextAsync("price"); }
        tick.Coins("hype").ShouldBe(1m);
        tick.Coins().ShouldBe((decimal)tick.GetProperty("base").GetDouble() + 1m, 0.000001m);
    }
}
