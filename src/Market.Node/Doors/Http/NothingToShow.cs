namespace Market.Node.Doors.Http;

/// <summary>The door of a node without views: it tells how it is, and its organiser all, but shows no market.</summary>
public sealed class NothingToShow(RequestDelegate next)
{
    private static readonly string[] Told = ["/healthz", "/metrics", "/api/admin"];

    public Task InvokeAsync(HttpContext http) => Told.Any(path => http.Request.Path.StartsWithSegments(path, StringComparison.Ordinal))
        ? next(http)
        : new Problem(StatusCodes.Status503ServiceUnavailable, "NO_VIEWS", null, "This node shows no market: it has not the role of views. Ask another.").SendAsync(http);
}
