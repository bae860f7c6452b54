using Microsoft.Playwright;

namespace Market.Browser.Tests;

/// <summary>The page as somebody in the room sees it, and what its console said.</summary>
public sealed class Screen : IAsyncDisposable
{
    /// <summary>How long to wait for what must come; generous, because the machine is shared.</summary>
    public static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);

    private readonly List<string> _errors = [];

    public Screen(IPage page)
    {
        Page = page;
        page.Console += (_, said) => { if (said.Type is "error") { Note(said.Text); } };
        page.PageError += (_, thrown) => Note(thrown);
    }

    public IPage Page { get; }

    /// <summary>What the page complained of.</summary>
    public IReadOnlyList<string> Errors
    {
        get { lock (_errors) { return [.. _errors]; } }
    }

    public ILocator At(string selector) => Page.Locator(selector);

    public ILocatorAssertions See(string selector) => Assertions.Expect(At(selector));

    public Task IsAsync(string link) => See("body").ToHaveAttributeAsync("data-link", link, new() { Timeout = (float)Patience.TotalMilliseconds });

    public Task ShowsAsync(string selector, string text) => See(selector).ToContainTextAsync(text, new() { Timeout = (float)Patience.TotalMilliseconds });

    public async Task<long> SeqAsync() => await Page.EvaluateAsync<long>("Number(document.getElementById('price').dataset.seq)");

    /// <summary>
    /// Waits until the page says so of itself. Asks again with each frame it paints; its own policy forbids the browser's driver to do so inside it.
    /// </summary>
    public async Task UntilAsync(string script, object? of = null)
    {
        using var patience = new CancellationTokenSource(Patience);
        while (!await Page.EvaluateAsync<bool>(script, of))
        {
            patience.Token.ThrowIfCancellationRequested();
            await Page.EvaluateAsync("() => new Promise(painted => requestAnimationFrame(painted))");
        }
    }

    public async Task GibbAsync(string author, string text)
    {
        await At("#gibb-author").FillAsync(author);
        await At("#gibb-text").FillAsync(text);
        await At("#gibb-form button").ClickAsync();
    }

    public async ValueTask DisposeAsync() => await Page.CloseAsync();

    private void Note(string error)
    {
        lock (_errors) { _errors.Add(error); }
    }
}
