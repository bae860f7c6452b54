using Microsoft.Extensions.FileProviders;

namespace Market.Node.Doors.Http;

/// <summary>The page at <c>/</c>, when it was built; how to get it, when it was not.</summary>
public static class PageFiles
{
    private const string HowToGetIt = """
        <!doctype html><html lang="en"><meta charset="utf-8"><title>Monkonomy</title>
        <body style="font: 1.1rem/1.5 system-ui; max-width: 40rem; margin: 3rem auto; padding: 0 1rem">
        <h1>The market is running</h1>
        <p>Its page was not built, because Node.js was not on the machine when the program was.
        Install Node.js 20 or newer with npm, build again (<code>./build.sh build</code>) and start the node anew.</p>
        <p>Everything else works without it: <a href="/api/markets">/api/markets</a>, <a href="/openapi/v1.json">/openapi/v1.json</a>,
        <a href="/metrics">/metrics</a>, and <code>monkonomy board --watch</code>.</p>
        """;

    public static void Use(WebApplication app) => Use(app, Path.Combine(AppContext.BaseDirectory, "wwwroot"));

    /// <param name="folder">Where the page was built to, if it was.</param>
    public static void Use(WebApplication app, string folder)
    {
        if (!File.Exists(Path.Combine(folder, "index.html")))
        {
            app.MapGet("/", () => TypedResults.Content(HowToGetIt, "text/html; charset=utf-8")).ExcludeFromDescription();
            return;
        }
        var files = new PhysicalFileProvider(folder);
        app.UseDefaultFiles(new DefaultFilesOptions { FileProvider = files });
        app.UseStaticFiles(new StaticFileOptions { FileProvider = files, OnPrepareResponse = Cache });
    }

    /// <summary>Assets carry a hash of their content in their names; the page itself is always asked for.</summary>
    private static void Cache(Microsoft.AspNetCore.StaticFiles.StaticFileResponseContext served) =>
        served.Context.Response.Headers.CacheControl = served.Context.Request.Path.StartsWithSegments("/assets") ? "public, max-age=31536000, immutable" : "no-cache";
}
