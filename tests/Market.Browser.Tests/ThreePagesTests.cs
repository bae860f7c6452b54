using Market.Servers;

namespace Market.Browser.Tests;

/// <summary>The pages of the nodes of one cluster.</summary>
[Collection(nameof(Browsers))]
public sealed class ThreePagesTests(Browsers browsers)
{
    private const string Board = "document.getElementById('traders-rows').innerText";

    [SkippableFact]
    public async Task The_page_of_each_node_shows_the_same_board()
    {
        if ((RabbitServer.Missing ?? PostgresServer.Missing) is { } missing)
        {
            Environment.GetEnvironmentVariable("CI").ShouldNotBe("true", missing);
            Skip.If(true, missing);
        }
        using var three = new ThreeNodes();
        var screens = await Task.WhenAll(three.Doors.Select(door => browsers.OpenAsync(door)));
        foreach (var screen in screens)
        {
            await screen.IsAsync("live");
            await screen.UntilAsync("document.querySelectorAll('#traders-rows tr').length >= 8");
            await screen.UntilAsync("[...document.querySelectorAll('#traders-rows td[data-label=fed]')].some(cell => Number(cell.textContent) > 0)");
        }

        await three.EndAsync();

        foreach (var screen in screens) { await screen.See("#traders-final").ToBeVisibleAsync(new() { Timeout = (float)Screen.Patience.TotalMilliseconds }); }
        var board = await screens[0].Page.EvaluateAsync<string>(Board);
        board.ShouldContain("@house");
        foreach (var screen in screens)
        {
            await screen.UntilAsync($"board => {Board} === board", board);
            screen.Errors.ShouldBeEmpty();
            await screen.DisposeAsync();
        }
    }
}
