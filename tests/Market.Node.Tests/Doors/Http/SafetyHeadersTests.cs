using System.Net.Sockets;
using System.Text;

namespace Market.Node.Tests.Doors.Http;

/// <summary>What every answer says to browsers, however it came about.</summary>
public sealed class SafetyHeadersTests(SharedNode shared) : IClassFixture<SharedNode>
{
    [Theory]
    [InlineData("GET", "/")]
    [InlineData("GET", "/metrics")]
    [InlineData("GET", "/nothing")]
    [InlineData("DELETE", "/api/markets")]
    [InlineData("GET", "/api/markets/papaya")]
    [InlineData("POST", "/api/markets/banana/commands")]
    [InlineData("GET", "/ws/markets/banana")]
    public async Task Every_answer_is_safe_for_browsers(string method, string path)
    {
        using var request = new HttpRequestMessage(new HttpMethod(method), path);

        var headers = (await shared.Node.SendAsync(request)).Headers;

        headers.GetValues("X-Content-Type-Options").ShouldBe(["nosniff"]);
        headers.GetValues("Referrer-Policy").ShouldBe(["no-referrer"]);
        headers.GetValues("Content-Security-Policy").Single().ShouldContain("frame-ancestors 'none'");
        headers.Contains("Server").ShouldBeFalse();
        headers.Contains("Access-Control-Allow-Origin").ShouldBeFalse();
    }

    [Fact]
    public async Task Answer_to_a_request_that_failed_half_way_is_safe_too()
    {
        using var caller = new TcpClient { ReceiveTimeout = 20_000 };
        await caller.ConnectAsync(shared.Node.Url.Host, shared.Node.Url.Port);

        await caller.GetStream().WriteAsync(Encoding.ASCII.GetBytes(
            "POST /api/markets/banana/gibbs HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\nTransfer-Encoding: chunked\r\n\r\nno chunk\r\n"));
        using var reader = new StreamReader(caller.GetStream());
        var answer = await reader.ReadToEndAsync();

        answer.ShouldStartWith("HTTP/1.1 400");
        answer.ShouldContain("application/problem+json");
        answer.ShouldContain("X-Content-Type-Options: nosniff");
        answer.ShouldContain("Content-Security-Policy:");
    }
}
