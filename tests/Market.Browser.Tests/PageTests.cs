using System.Net;

namespace Market.Browser.Tests;

/// <summary>The page in a real browser, before a real node.</summary>
[Collection(nameof(Browsers))]
public sealed class PageTests(Browsers browsers)
{
    [SkippableFact]
    public async Task The_price_moves_and_the_board_shows_bots_that_feed_monkeys()
    {
        await using var node = await LiveNode.StartAsync();
        await using var screen = await browsers.OpenAsync(node.Address);
        await screen.IsAsync("live");

        await screen.UntilAsync("Number(document.getElementById('price').dataset.seq) > 0");
        var seq = await screen.SeqAsync();
        await screen.UntilAsync("seq => Number(document.getElementById('price').dataset.seq) >= seq + 3", seq);
        await screen.UntilAsync("document.querySelectorAll('#traders-rows tr').length >= 8");
        await screen.UntilAsync("[...document.querySelectorAll('#traders-rows td[data-label=fed]')].some(cell => Number(cell.textContent) > 0)");

        await screen.See("#banner").ToBeHiddenAsync();
        screen.Errors.ShouldBeEmpty();
    }

    [SkippableFact]
    public async Task A_post_typed_in_the_form_appears_and_its_answer_is_shown()
    {
        await using var node = await LiveNode.StartAsync();
        await using var screen = await browsers.OpenAsync(node.Address);
        await screen.IsAsync("live");

        await screen.GibbAsync("alice", "banana prices will rise, bananas are great!");

        await screen.ShowsAsync("#gibb-answer", "Posted");
        var post = screen.At("#gibbs li").Filter(new() { HasText = "bananas are great!" });
        await Microsoft.Playwright.Assertions.Expect(post).ToHaveCountAsync(1);
        await Microsoft.Playwright.Assertions.Expect(post.Locator(".author")).ToHaveTextAsync("alice");
        await screen.See("#gibb-text").ToHaveValueAsync("");
        screen.Errors.ShouldBeEmpty();
    }

    [SkippableFact]
    public async Task The_status_follows_pause_and_end_and_the_last_board_says_that_it_is_final()
    {
        await using var node = await LiveNode.StartAsync();
        await using var screen = await browsers.OpenAsync(node.Address);
        await screen.ShowsAsync("#status", "running");

        await node.MoveAsync("pause");
        await screen.ShowsAsync("#status", "paused");
        await node.MoveAsync("resume");
        await screen.ShowsAsync("#status", "running");
        await screen.See("#traders-final").ToBeHiddenAsync();
        await node.MoveAsync("end");
        await screen.ShowsAsync("#status", "ended");

        await screen.See("#traders-final").ToBeVisibleAsync(new() { Timeout = (float)Screen.Patience.TotalMilliseconds });
        await screen.See("#teams-final").ToBeVisibleAsync();
        screen.Errors.ShouldBeEmpty();
    }

    [SkippableFact]
    public async Task A_lost_connection_is_said_and_mends_itself_with_the_history_of_before()
    {
        await using var node = await LiveNode.StartAsync();
        await using var screen = await browsers.OpenAsync(node.Address);
        await screen.UntilAsync("Number(document.getElementById('price').dataset.seq) >= 5");

        await node.StopAsync();
        await screen.IsAsync("lost");
        await screen.See("#banner").ToBeVisibleAsync();
        await screen.ShowsAsync("#banner-text", "Connection lost");
        var seq = await screen.SeqAsync();
        await node.StartAgainAsync();
        await screen.IsAsync("live");

        await screen.See("#banner").ToBeHiddenAsync();
        await screen.UntilAsync("seq => Number(document.getElementById('price').dataset.seq) > seq", seq);
        await screen.See("#chart").ToHaveAttributeAsync("aria-label", new System.Text.RegularExpressions.Regex("low .* high"));
        await screen.See("#chart canvas").ToBeVisibleAsync();
        screen.Errors.ShouldAllBe(error => error.Contains("WebSocket", StringComparison.Ordinal) || error.Contains("ERR_CONNECTION", StringComparison.Ordinal));
    }

    [SkippableFact]
    public async Task On_a_phone_nothing_scrolls_sideways()
    {
        await using var node = await LiveNode.StartAsync();
        (await node.JoinAsync("DRILL", new string('W', 64))).ShouldBe(HttpStatusCode.Created);
        await using var screen = await browsers.OpenAsync(node.Address, width: 390, height: 844);
        await screen.IsAsync("live");
        await screen.GibbAsync(new string('M', 64), $"banana {new string('W', 400)}");
        await screen.ShowsAsync("#gibb-answer", "Posted");
        await screen.ShowsAsync("#traders-rows", "WWWW");

        await screen.UntilAsync("document.documentElement.scrollWidth <= document.documentElement.clientWidth");
        screen.Errors.ShouldBeEmpty();
    }
}
