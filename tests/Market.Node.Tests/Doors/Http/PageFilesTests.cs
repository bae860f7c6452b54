using Market.Node.Doors.Http;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;

namespace Market.Node.Tests.Doors.Http;

/// <summary>The page's files: what is served, what is not, and for how long it may be kept.</summary>
public sealed class PageFilesTests : IAsyncLifetime
{
    private readonly string _folder = Directory.CreateTempSubdirectory("monkonomy-page").FullName;
    private WebApplication? _app;

    public Task InitializeAsync() => Task.CompletedTask;

    [Fact]
    public async Task Page_is_asked_for_every_time_and_its_assets_never_again()
    {
        using var browser = await ServeAsync(("index.html", "<html>page</html>"), ("assets/main-4f2a9c1b.js", "1"), ("icon.svg", "<svg/>"));

        (await LookAsync(browser, "/")).ShouldBe((200, "text/html", "no-cache", "<html>page</html>"));
        (await LookAsync(browser, "/index.html")).ShouldBe((200, "text/html", "no-cache", "<html>page</html>"));
        (await LookAsync(browser, "/assets/main-4f2a9c1b.js")).ShouldBe((200, "text/javascript", "public, max-age=31536000, immutable", "1"));
        (await LookAsync(browser, "/icon.svg")).ShouldBe((200, "image/svg+xml", "no-cache", "<svg/>"));
    }

    [Theory]
    [InlineData("/assets")]
    [InlineData("/assets/")]
    [InlineData("/.hidden")]
    [InlineData("/none.js")]
    [InlineData("/..%2fsecret.txt")]
    [InlineData("/%2e%2e/secret.txt")]
    [InlineData("/assets/..%5c..%5csecret.txt")]
    public async Task No_folder_is_listed_and_nothing_outside_is_served(string path)
    {
        await File.WriteAllTextAsync(Path.Combine(_folder, "secret.txt"), "secret");
        using var browser = await ServeAsync(("index.html", "page"), ("assets/a.js", "1"), (".hidden", "hidden"));

        (await LookAsync(browser, path)).Status.ShouldBe(404);
    }

    [Fact]
    public async Task Without_the_page_the_root_says_how_to_get_it()
    {
        using var browser = await ServeAsync(("readme.txt", "no page"));

        var (status, media, _, text) = await LookAsync(browser, "/");

        (status, media).ShouldBe((200, "text/html"));
        text.ShouldContain("Node.js 20");
        (await LookAsync(browser, "/readme.txt")).Status.ShouldBe(404);
    }

    public async Task DisposeAsync()
    {
        if (_app is not null) { await _app.DisposeAsync(); }
        Directory.Delete(_folder, recursive: true);
    }

    private async Task<HttpClient> ServeAsync(params (string Name, string Text)[] files)
    {
        var page = Path.Combine(_folder, "page");
        foreach (var (name, text) in files)
        {
            Directory.CreateDirectory(Path.GetDirectoryName(Path.Combine(page, name))!);
            await File.WriteAllTextAsync(Path.Combine(page, name), text);
        }
        var builder = WebApplication.CreateSlimBuilder();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        _app = builder.Build();
        PageFiles.Use(_app, page);
        await _app.StartAsync();
        return new HttpClient { BaseAddress = new Uri(_app.Urls.Single()) };
    }

    private static async Task<(int Status, string? Media, string? Cache, string Text)> LookAsync(HttpClient browser, string path)
    {
        using var answer = await browser.GetAsync(path);
        return ((int)answer.StatusCode, answer.Content.Headers.ContentType?.MediaType, answer.Headers.CacheControl?.ToString(), await answer.Content.ReadAsStringAsync());
    }
}
