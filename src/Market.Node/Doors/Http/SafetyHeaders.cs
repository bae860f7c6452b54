using System.Net;
using Market.Node.Config;

namespace Market.Node.Doors.Http;

/// <summary>
/// Keeps other sites' pages from acting through a browser of ours: what changes something must come from this node's own page or from no page
/// at all, and a node on loopback answers to loopback's names only.
/// </summary>
public sealed class SafetyHeaders(RequestDelegate next, NodeOptions options)
{
    private const string ContentPolicy =
        "default-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data:; connect-src 'self' ws: wss:; frame-ancestors 'none'; base-uri 'none'; form-action 'self'";

    private readonly bool _onLoopback = IPAddress.IsLoopback(IPAddress.Parse(options.Http.Address));

    public Task InvokeAsync(HttpContext http)
    {
        Add(http.Response.Headers);
        if (_onLoopback && !IsLoopbackName(http.Request.Host.Host))
        {
            return Refuse(http, "This node listens on loopback and answers to localhost and loopback addresses only.");
        }
        var changes = !HttpMethods.IsGet(http.Request.Method) && !HttpMethods.IsHead(http.Request.Method);
        return (changes || http.WebSockets.IsWebSocketRequest || IsUpgrade(http)) && !IsOwnOrigin(http)
            ? Refuse(http, "A page of another origin may not do this.")
            : next(http);
    }

    /// <summary>What every answer says to browsers.</summary>
    public static void Add(IHeaderDictionary headers)
    {
        headers.XContentTypeOptions = "nosniff";
        headers.ContentSecurityPolicy = ContentPolicy;
        headers["Referrer-Policy"] = "no-referrer";
    }

    private static Task Refuse(HttpContext http, string why) => new Problem(StatusCodes.Status403Forbidden, "FORBIDDEN", null, why).SendAsync(http);

    private static bool IsUpgrade(HttpContext http) => http.Request.Headers.Upgrade.Count > 0;

    /// <summary>Bots send no origin; browsers send the page's.</summary>
    private static bool IsOwnOrigin(HttpContext http)
    {
        var origin = http.Request.Headers.Origin.ToString();
        return origin.Length == 0 || (Uri.TryCreate(origin, UriKind.Absolute, out var page) && page.Authority == http.Request.Host.Value);
    }

    private static bool IsLoopbackName(string host) =>
        host.Length == 0 || host.Equals("localhost", StringComparison.OrdinalIgnoreCase) || (IPAddress.TryParse(host.Trim('[', ']'), out var address) && IPAddress.IsLoopback(address));
}
