using System.Net;

namespace Market.Browser.Tests;

/// <summary>Names and posts are anybody's; on the page they are text, and nothing but text.</summary>
[Collection(nameof(Browsers))]
public sealed class StrangersWordsTests(Browsers browsers)
{
    private const string Markup = "<script>window.pwned=1</script><img src=x onerror=\"window.pwned=1\">";
    private const string ShortMarkup = "<img src=x onerror=window.pwned=1>";

    /// <summary>Marks that turn the direction of what follows them, and of their neighbours.</summary>
    private const string Turning = "safe\u202Eexe.gnab\u2066x\u200F";

    [SkippableFact]
    public async Task Markup_in_a_post_is_shown_as_it_was_typed()
    {
        await using var node = await LiveNode.StartAsync();
        await using var screen = await browsers.OpenAsync(node.Address);
        await screen.IsAsync("live");

        await screen.GibbAsync(ShortMarkup, $"banana {Markup}");
        await screen.ShowsAsync("#gibb-answer", "Posted");

        await screen.ShowsAsync("#gibbs", Markup);
        await screen.ShowsAsync("#gibbs", ShortMarkup);
        await NothingCameOfItAsync(screen, "#gibbs");
    }

    [SkippableFact]
    public async Task Marks_that_turn_the_direction_of_text_are_made_visible_in_a_post()
    {
        await using var node = await LiveNode.StartAsync();
        await using var screen = await browsers.OpenAsync(node.Address);
        await screen.IsAsync("live");

        await screen.GibbAsync($"a{Turning}", $"banana {Turning} after");
        await screen.ShowsAsync("#gibb-answer", "Posted");

        await screen.ShowsAsync("#gibbs", "safe\uFFFDexe.gnab\uFFFDx\uFFFD after");
        await NoMarkIsLeftAsync(screen);
    }

    [SkippableFact]
    public async Task Hostile_names_are_text_on_the_board()
    {
        await using var node = await LiveNode.StartAsync();
        (await node.JoinAsync("BONOBO", ShortMarkup)).ShouldBe(HttpStatusCode.Created);
        (await node.JoinAsync("BONOBO", $"b{Turning}")).ShouldBe(HttpStatusCode.Created);
        await using var screen = await browsers.OpenAsync(node.Address);

        await screen.ShowsAsync("#traders-rows", ShortMarkup);
        await screen.ShowsAsync("#traders-rows", "bsafe\uFFFDexe.gnab\uFFFDx\uFFFD");

        await NoMarkIsLeftAsync(screen);
        await NothingCameOfItAsync(screen, "#traders");
    }

    private static async Task NothingCameOfItAsync(Screen screen, string where)
    {
        (await screen.At($"{where} img, {where} script").CountAsync()).ShouldBe(0);
        (await screen.Page.EvaluateAsync<bool>("window.pwned === undefined")).ShouldBeTrue();
        screen.Errors.ShouldBeEmpty();
    }

    private static async Task NoMarkIsLeftAsync(Screen screen) =>
        (await screen.Page.EvaluateAsync<bool>("/[\\u202A-\\u202E\\u2066-\\u2069\\u200E\\u200F]/.test(document.body.textContent)")).ShouldBeFalse();
}
