using System.Text;

namespace Market.Node.Tests.Hostile;

/// <summary>What is sent to the HTTP door, byte for byte.</summary>
/// <param name="Bytes">The request, or what poses as one.</param>
/// <param name="IsHttp">Well formed, so that the answer must be a problem of ours if it is a refusal, and the connection goes on.</param>
/// <param name="IsWhole">The node can know that nothing more is to come, so that it owes an answer.</param>
internal sealed record HttpInput(byte[] Bytes, bool IsHttp, bool IsWhole, bool IsHead = false);

/// <summary>Requests nobody in his right mind would send.</summary>
internal static class HostileHttp
{
    private static readonly string[] Methods = ["GET", "POST", "PUT", "DELETE", "PATCH", "HEAD", "OPTIONS", "TRACE", "BREW", "get", "PROPFIND"];

    private static readonly string[] Numbers = ["-1", "abc", "1e3", "99999999999999999999", "0", "1.5", "%00", "+1", "", "0x10", "１", "NaN", "1&limit=2", "2147483648", "9223372036854775807", "9223372036854775808"];

    private static readonly string[] Segments =
    [
        "banana", "mango", "BANANA", "%62anana", "..", "%2e%2e", "%2F", "%5C", "%00", "%ED%A0%80", "%C0%AF", "%", "%zz", "a b", "é", "BONOBO", "hostile", "{market}", "banana;a=b", "*", "'", "\"", "<x>", "🍌",
        "traders", "commands", "start", "a", "%F0%9F%8D%8C", "%E2%80%AE",
    ];

    private static readonly string[] Orders = ["dead-letters", "markets/banana/end", "markets/banana/pause", "markets/banana/x", "markets/mango/start", "markets/banana/traders/BONOBO/good/token"];

    private static readonly string[] Places =
    [
        "/ws/markets/banana", "/ws/markets/mango", "/api/markets/banana/stream?topics=x", "/api/markets/banana/stream?topics=%00", "/metrics/x", "/openapi/v2.json", "/wwwroot/../monkonomy.dll", "/index.html/",
    ];

    private static readonly string[] Tokens =
    [
        "", "x", "Bearer", "Bearer ", "Bearer x", "Bearer a.b.c", "Bearer eyJhbGciOiJub25lIn0.eyJ0ZWFtIjoiQk9OT0JPIiwibmFtZSI6Imhvc3RpbGUiLCJhdWQiOiJiYW5hbmEiLCJpc3MiOiJtb25rb25vbXkifQ.",
        "Bearer ..", "Bearer eyJ.eyJ.", "Basic YTpi", "bearer", "Bearer {token}x", "Bearer {token},{token}", "Bearer \u00e9", "Digest", "Bearer " + "9.", "Bearer eyJhbGciOiJIUzI1NiJ9.e30.AAAA",
    ];

    /// <param name="json">Of the body, where there is one.</param>
    /// <param name="token">Of a trader that really is, so that its commands get as far as they can.</param>
    public static HttpInput Body(Dice dice, string kind, byte[] json, string token)
    {
        var type = dice.Of(["application/json", "text/plain", "x", "application/json; charset=utf-16"]);
        var head = $"POST /api/markets/banana/{kind} HTTP/1.1\r\nHost: localhost\r\nAuthorization: Bearer {token}\r\nContent-Type: {type}\r\n";
        return dice.OneIn(8) && json.Length > 0
            ? new HttpInput([.. Latin($"{head}Transfer-Encoding: chunked\r\n\r\n"), .. Chunks(dice, json)], true, true)
            : new HttpInput([.. Latin($"{head}Content-Length: {json.Length}\r\n\r\n"), .. json], true, true);
    }

    /// <summary>Wrong methods, paths, numbers and tokens; well formed all the same.</summary>
    public static HttpInput Question(Dice dice, string token)
    {
        var method = dice.OneIn(3) ? dice.Of(Methods) : "GET";
        var path = dice.Below(6) switch
        {
            0 => "/" + string.Join('/', Enumerable.Range(0, dice.Below(8)).Select(_ => dice.Of(Segments))),
            1 => $"/api/markets/banana/prices?{dice.Of(["from", "limit"])}={dice.Of(Numbers)}",
            2 => $"/api/markets/banana/{dice.Of(["board", "gibbs", "traders/BONOBO/hostile/events"])}?{dice.Of(["limit", "from"])}={dice.Of(Numbers)}",
            3 => $"/api/markets/{dice.Of(Segments)}/{dice.Of(["prices", "board", "gibbs", "commands", "traders"])}",
            4 => $"/api/admin/{dice.Of(Orders)}",
            _ => dice.Of(Places),
        };
        var escaped = string.Concat(path.Select(letter => letter is > ' ' and < '\u007f' ? letter.ToString() : Uri.EscapeDataString(letter.ToString())));
        var authorization = dice.Of(Tokens).Replace("{token}", token, StringComparison.Ordinal);
        var host = dice.Of(["localhost", "127.0.0.1", "localhost", "evil.example", "[::1]:80"]);
        var body = method is "GET" or "HEAD" or "TRACE" or "get" ? "" : "{}";
        return new HttpInput(
            Latin($"{method} {escaped} HTTP/1.1\r\nHost: {host}\r\nAuthorization: {authorization}\r\n{Oddity(dice)}Content-Length: {body.Length}\r\n\r\n{body}"),
            IsHttp: !authorization.Contains('\u00e9', StringComparison.Ordinal) && method is not "get", IsWhole: true, IsHead: method is "HEAD");
    }

    /// <summary>What is no HTTP, or two things at once.</summary>
    public static HttpInput Wire(Dice dice)
    {
        const string Post = "POST /api/markets/banana/commands HTTP/1.1\r\nHost: localhost\r\n";
        const string Hidden = "POST /api/admin/markets/banana/end HTTP/1.1\r\nHost: localhost\r\nContent-Length: 0\r\n\r\n";
        return dice.Below(20) switch
        {
            0 => Whole($"{Post}Content-Length: 2\r\nContent-Length: {dice.Of(["0", "3", "2, 2", "-1"])}\r\n\r\n{{}}{Hidden}"),
            1 => Whole($"{Post}Content-Length: 5\r\nTransfer-Encoding: {dice.Of(["identity", "chunked, identity", "xchunked", "gzip"])}\r\n\r\n{{}}{Hidden}"),
            2 => Whole($"{Post}Transfer-Encoding: chunked\r\n\r\n{dice.Of(["x", "-1", "fffffffffffffffff", "0x2", "2 2", " 2", ";a"])}\r\n{{}}\r\n0\r\n\r\n{Hidden}"),
            3 => Whole($"{Post}Transfer-Encoding: chunked\r\n\r\n2\r\n{{}}{dice.Of(["xx", "\rx", "}}"])}0\r\n\r\n"),
            4 => Whole($"{Post}Content-Length: {dice.Of(["-1", "x", "99999999999999999999", "1e3", "0x2", "+2", "2 2"])}\r\n\r\n{{}}"),
            5 => Whole($"{dice.Of(["GET", "", " GET /", "GET  / HTTP/1.1", "GET / HTTP/9.9", "GET / HTTP/", "GET / ICY/1.1", "G\0T / HTTP/1.1", "GET \0 HTTP/1.1", "GET http:// HTTP/1.1", "CONNECT x HTTP/1.1", "GET x HTTP/1.1", "GET * HTTP/1.1", "PRI * HTTP/1.1"])}\r\nHost: localhost\r\n\r\n"),
            6 => Whole($"GET / HTTP/1.1\r\nHost: localhost\r\n{dice.Of(["no colon", ": nothing", "a b: c", " folded: x", "a\0: b", "a: \0", "a: b\rc", "Host: other"])}\r\n\r\n"),
            7 => Whole($"GET / HTTP/1.1\r\n{dice.Of(["", "Host: a/b\r\n", "Host: \r\nHost: \r\n", "Host: a b\r\n", "Host: \u00ff\r\n"])}\r\n"),
            8 => Whole($"GET / HTTP/1.1\r\nHost: localhost\r\nX: {new string('x', dice.Of([16_000, 17_000, 40_000]))}\r\n\r\n"),
            9 => Whole($"GET / HTTP/1.1\r\nHost: localhost\r\n{string.Concat(Enumerable.Range(0, dice.Of([99, 101, 500])).Select(at => $"X{at}: y\r\n"))}\r\n"),
            10 => Whole($"GET /{new string('a', dice.Of([8_000, 9_000, 20_000]))} HTTP/1.1\r\nHost: localhost\r\n\r\n"),
            11 => Whole($"{Post}Content-Length: {dice.Of([262_145, 2_000_000_000])}\r\n\r\n"),
            12 => Whole($"GET /ws/markets/banana HTTP/1.1\r\nHost: localhost\r\nConnection: Upgrade\r\nUpgrade: {dice.Of(["websocket\r\nSec-WebSocket-Version: 99\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==", "websocket\r\nSec-WebSocket-Version: 13\r\nSec-WebSocket-Key: x", "websocket", "h2c", "WebSocket\r\nOrigin: http://evil.example"])}\r\n\r\n"),
            13 => Whole($"POST /api/markets/banana/gibbs HTTP/1.1\r\nHost: localhost\r\nOrigin: {dice.Of(["http://evil.example", "null", "x", "http://localhost:1"])}\r\nContent-Length: 2\r\n\r\n{{}}"),
            14 => Whole($"{Post}Expect: {dice.Of(["x", "100-continue, x"])}\r\nContent-Length: 2\r\n\r\n{{}}"),
            15 => new HttpInput([.. dice.Bytes(1 + dice.Below(300)), .. "\r\n\r\n"u8], false, false),
            16 => new HttpInput([0x16, 0x03, 0x01, 0x02, 0x00, .. dice.Bytes(200)], false, false),
            17 => Part($"{Post}Content-Length: 100\r\n\r\n{{\"txnId\":"),
            18 => Part($"{Post}Transfer-Encoding: chunked\r\n\r\n10\r\n{{"),
            _ => Part(dice.Of(["G", "GET /", "GET / HTTP/1.1\r\nHost: local", "POST / HTTP/1.1\r\nContent-Le", "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n", "\r\n\r\n"])),
        };
    }

    private static string Oddity(Dice dice) => dice.Below(8) switch
    {
        0 => $"Last-Event-ID: {dice.Of(["-1", "x", "99999999999999999999"])}\r\n",
        1 => "Range: bytes=999999999-\r\n",
        2 => "If-None-Match: \"\\\r\n",
        3 => "If-Modified-Since: yesterday\r\n",
        4 => "Accept: application/x;q=9\r\n",
        _ => "",
    };

    private static byte[] Chunks(Dice dice, byte[] body)
    {
        var first = dice.Below(body.Length);
        var rest = body[first..];
        byte[] head = first == 0 ? [] : [.. Latin($"{first:x}\r\n"), .. body[..first], .. "\r\n"u8];
        return [.. head, .. Latin($"{rest.Length:X};ext=1\r\n"), .. rest, .. "\r\n0\r\nTrailer: x\r\n\r\n"u8];
    }

    private static HttpInput Whole(string text) => new(Latin(text), IsHttp: false, IsWhole: true);

    private static HttpInput Part(string text) => new(Latin(text), IsHttp: false, IsWhole: false);

    private static byte[] Latin(string text) => Encoding.Latin1.GetBytes(text);
}
