using Market.Node.Tests.Cli;

namespace Market.Node.Tests.Doors.Http;

/// <summary>Server-sent events.</summary>
public sealed class StreamTests
{
    [Fact]
    public async Task Prices_are_named_numbered_and_without_a_gap()
    {
        await using var node = await NodeFixture.StartAsync(options => options.WithTick(10));
        using var stream = await EventStream.OpenAsync(node, "?topics=price");

        stream.Response.Content.Headers.ContentType!.MediaType.ShouldBe("text/event-stream");
        var seqs = new List<long>();
        for (var i = 0; i < 20; i++)
        {
            var sent = await stream.NextAsync();
            sent.Topic.ShouldBe("price");
            sent.Id.ShouldBe(sent.Data.GetProperty("seq").GetRawText());
            seqs.Add(sent.Data.Whole("seq"));
        }
        seqs.ShouldBe(Enumerable.Range(0, 20).Select(i => seqs[0] + i));
    }

    [Fact]
    public async Task Last_Event_ID_resumes_right_after_it_without_a_gap_or_a_price_twice()
    {
        await using var node = await NodeFixture.StartAsync(options => options.WithTick(10));
        using var first = await EventStream.OpenAsync(node, "?topics=price");
        while ((await first.NextAsync()).Data.Whole("seq") < 30) { }

        for (var round = 0; round < 20; round++)
        {
            using var resumed = await EventStream.OpenAsync(node, "?topics=price", lastEventId: "3");
            for (var seq = 4; seq < 40; seq++) { (await resumed.NextAsync()).Data.Whole("seq").ShouldBe(seq); }
        }
    }

    [Theory]
    [InlineData("nonsense")]
    [InlineData("-5")]
    [InlineData("9223372036854775807")]
    [InlineData("99999999999999999999")]
    public async Task Last_Event_ID_that_means_nothing_starts_with_a_later_price(string id)
    {
        await using var node = await NodeFixture.StartAsync(options => options.WithTick(10));
        using var stream = await EventStream.OpenAsync(node, "?topics=price", id);

        (await stream.NextAsync("price")).Data.Whole("seq").ShouldBeGreaterThan(0);
    }

    [Fact]
    public async Task Gibbs_boards_and_status_are_told_and_only_topics_asked_for()
    {
        await using var node = await NodeFixture.StartAsync(options => options.WithTick(10));
        using var stream = await EventStream.OpenAsync(node, "?topics=gibb,board");

        (await stream.NextAsync()).Topic.ShouldBe("board");
        await node.GibbAsync("<ada>", "two\nlines of banana");
        var gibb = await stream.NextAsync();
        gibb.Topic.ShouldBe("gibb");
        gibb.Data.Text("text").ShouldBe("two\nlines of banana");
        await node.JoinAsync("alice");
        (await stream.NextAsync("board")).Data.GetProperty("traders")[0].Text("name").ShouldBe("alice");
        await node.AdminAsync("pause");
        (await stream.NextAsync("market")).Data.Text("status").ShouldBe("paused");
    }

    [Fact]
    public async Task Without_topics_all_are_told()
    {
        await using var node = await NodeFixture.StartAsync(options => options.WithTick(10));
        using var stream = await EventStream.OpenAsync(node);

        await stream.NextAsync("price");
        await stream.NextAsync("board");
        await node.GibbAsync("ada", "banana");
        await stream.NextAsync("gibb");
    }

    [Theory]
    [InlineData("prices")]
    [InlineData("price,result")]
    [InlineData("price,")]
    [InlineData("")]
    public async Task Unknown_topic_is_named(string topics)
    {
        await using var node = await NodeFixture.StartAsync();

        var detail = (await node.GetAsync($"/api/markets/banana/stream?topics={topics}")).ShouldBeProblem(400, 10, "MALFORMED").Text("detail");

        detail.ShouldStartWith("topics:");
        detail.ShouldContain("board");
    }

    [Fact]
    public async Task Client_that_left_is_forgotten()
    {
        await using var node = await NodeFixture.StartAsync(options => options.WithTick(10));
        var stream = await EventStream.OpenAsync(node);
        await stream.NextAsync();
        (await node.GetAsync("/metrics")).Text.ShouldContain("monkonomy_stream_clients 1");

        stream.Dispose();

        await Eventually.TrueAsync(async () => (await node.GetAsync("/metrics")).Text.Contains("monkonomy_stream_clients 0", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Node_that_stops_ends_its_streams_and_sockets_at_once()
    {
        await using var node = await NodeFixture.StartAsync();
        using var stream = await EventStream.OpenAsync(node);
        await stream.NextAsync();
        await using var socket = await node.ConnectAsync();
        await socket.WatchAsync("price");

        var stopping = node.StopAsync();

        (await socket.ClosedAsync()).ShouldBe(1001);
        await stopping.WaitAsync(TimeSpan.FromSeconds(10));
    }
}
