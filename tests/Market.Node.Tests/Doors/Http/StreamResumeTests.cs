using System.Globalization;
using System.Net.ServerSentEvents;
using System.Text.Json;
using Market.Node.Tests.Cli;

namespace Market.Node.Tests.Doors.Http;

/// <summary>Coming back to a stream as a browser does: with the id seen last, of whatever topic it was.</summary>
public sealed class StreamResumeTests
{
    [Fact]
    public async Task Every_event_has_its_number_as_its_id()
    {
        await using var node = await NodeFixture.StartAsync(options => options.WithTick(10));
        using var stream = await EventStream.OpenAsync(node);
        await node.GibbAsync("ada", "banana");

        var board = await stream.NextAsync("board");
        board.Id.ShouldBe(board.Data.GetProperty("seq").GetRawText());
        var gibb = await stream.NextAsync("gibb");
        gibb.Id.ShouldBe(gibb.Data.Text("id"));
    }

    [Fact]
    public async Task Gibb_does_not_make_a_browser_forget_where_in_the_prices_it_was()
    {
        await using var node = await NodeFixture.StartAsync(options => options.WithTick(10));

        var (lastPrice, lastEventId) = await ReadPastAGibbAsync(node);

        lastEventId.ShouldBe(lastPrice.ToString(CultureInfo.InvariantCulture));
        using var resumed = await EventStream.OpenAsync(node, lastEventId: lastEventId);
        (await resumed.NextAsync("price")).Data.Whole("seq").ShouldBe(lastPrice + 1);
    }

    [Fact]
    public async Task All_missed_prices_come_without_a_hole_however_many()
    {
        await using var node = await NodeFixture.StartAsync(options => options.WithTick(1));
        await Eventually.TrueAsync(async () => await LastSeqAsync(node) > 2_500);

        using var resumed = await EventStream.OpenAsync(node, "?topics=price", lastEventId: "0");

        for (var seq = 1; seq < 2_500; seq++) { (await resumed.NextAsync()).Data.Whole("seq").ShouldBe(seq); }
    }

    [Fact]
    public async Task Id_of_another_life_of_the_market_starts_with_the_next_price()
    {
        await using var node = await NodeFixture.StartAsync(options => options.WithTick(10));
        await Eventually.TrueAsync(async () => await LastSeqAsync(node) > 20);
        var now = await LastSeqAsync(node);

        using var stream = await EventStream.OpenAsync(node, "?topics=price", lastEventId: "9223372036854775807");

        (await stream.NextAsync("price")).Data.Whole("seq").ShouldBeGreaterThan(now);
    }

    /// <summary>
    /// Reads prices, then, while the price stands still, a gibb, and whatever follows it; by the platform's own parser, which keeps the last id as
    /// browsers must.
    /// </summary>
    private static async Task<(long LastPrice, string LastEventId)> ReadPastAGibbAsync(NodeFixture node)
    {
        using var late = new CancellationTokenSource(TimeSpan.FromSeconds(20));
        await using var body = await node.Http.GetStreamAsync("/api/markets/banana/stream?topics=price,gibb", late.Token);
        var parser = SseParser.Create(body);
        var lastPrice = 0L;
        await foreach (var sent in parser.EnumerateAsync(late.Token))
        {
            var data = JsonDocument.Parse(sent.Data).RootElement;
            switch (sent.EventType)
            {
                case "price" when lastPrice == 0: await node.AdminAsync("pause"); goto case "price";
                case "price": lastPrice = data.Whole("seq"); break;
                case "market" when data.Text("status") == "paused": await node.GibbAsync("ada", "banana"); break;
                case "gibb": await node.AdminAsync("resume"); break;
                case "market": return (lastPrice, parser.LastEventId);
            }
        }
        throw new InvalidOperationException("The stream ended.");
    }

    private static async Task<long> LastSeqAsync(NodeFixture node) => (await node.GetAsync("/api/markets/banana"))["price"].Whole("seq");
}
