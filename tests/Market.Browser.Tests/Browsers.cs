using Microsoft.Playwright;

namespace Market.Browser.Tests;

/// <summary>One Chromium for all tests; each takes a fresh page of it.</summary>
public sealed class Browsers : IAsyncLifetime
{
    private const string Chromium = "/usr/bin/chromium";

    private IPlaywright? _playwright;
    private IBrowser? _browser;

    /// <summary>Why no page can be looked at; null when one can.</summary>
    public static string? Missing { get; } = Find();

    public async Task InitializeAsync()
    {
        if (Missing is not null) { return; }
        _playwright = await Playwright.CreateAsync();
        _browser = await _playwright.Chromium.LaunchAsync(new BrowserTypeLaunchOptions
        {
            ExecutablePath = Chromium,
            Args = ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking", "--disable-component-update", "--disable-sync"],
        });
    }

    /// <summary>Skips at a desk without a browser or a page; on CI that is a failure.</summary>
    public async Task<Screen> OpenAsync(Uri node, int width = 1280, int height = 900)
    {
        if (Missing is { } why)
        {
            Environment.GetEnvironmentVariable("CI").ShouldNotBe("true", why);
            Skip.If(true, why);
        }
        var page = await _browser!.NewPageAsync(new BrowserNewPageOptions { ViewportSize = new ViewportSize { Width = width, Height = height } });
        page.SetDefaultTimeout((float)Screen.Patience.TotalMilliseconds);
        var screen = new Screen(page);
        await page.GotoAsync(node.ToString());
        return screen;
    }

    public async Task DisposeAsync()
    {
        if (_browser is not null) { await _browser.DisposeAsync(); }
        _playwright?.Dispose();
    }

    private static string? Find()
    {
        if (!File.Exists(Chromium)) { return $"There is no {Chromium}: apt-get install chromium."; }
        return File.Exists(Path.Combine(AppContext.BaseDirectory, "wwwroot", "index.html"))
            ? null
            : "The page was not built: with Node.js 20 and npm, dotnet build src/Market.Node -p:RequirePage=true, then build these tests again.";
    }
}

[CollectionDefinition(nameof(Browsers))]
public sealed class BrowserTests : ICollectionFixture<Browsers>;
