namespace Market.Node.Tests.Doors.Http;

/// <summary>What other sites' pages may do through a browser on this machine: look at nothing, change nothing.</summary>
public sealed class OriginTests(SharedNode shared) : IClassFixture<SharedNode>
{
    private readonly NodeFixture _node = shared.Node;

    [Theory]
    [InlineData("http://evil.example")]
    [InlineData("https://127.0.0.1.evil.example")]
    [InlineData("http://127.0.0.1:1")]
    [InlineData("http://localhost")]
    [InlineData("null")]
    [InlineData("nonsense")]
    public async Task Page_of_another_origin_may_not_change_anything(string origin)
    {
        foreach (var path in new[] { "commands", "traders", "gibbs" })
        {
            var reply = await SendAsync(HttpMethod.Post, $"/api/markets/banana/{path}", origin: origin);
            reply.ShouldBeProblem(403, null, "FORBIDDEN").Text("detail").ShouldContain("origin");
        }
        (await SendAsync(HttpMethod.Post, "/api/admin/markets/banana/end", origin: origin)).ShouldBeProblem(403, null, "FORBIDDEN");
    }

    [Fact]
    public async Task Nodes_own_page_may()
    {
        (await SendAsync(HttpMethod.Post, "/api/markets/banana/gibbs", origin: $"http://{_node.Url.Authority}")).Status.ShouldBe(202);
    }

    [Fact]
    public async Task Other_origins_are_given_no_leave_to_read()
    {
        var reply = await SendAsync(HttpMethod.Get, "/api/markets", origin: "http://evil.example");

        reply.Headers.Contains("Access-Control-Allow-Origin").ShouldBeFalse();
    }

    [Theory]
    [InlineData("evil.example")]
    [InlineData("evil.example:80")]
    [InlineData("127.0.0.1.evil.example")]
    [InlineData("10.0.0.1")]
    public async Task Node_on_loopback_answers_to_names_of_loopback_only(string host)
    {
        (await SendAsync(HttpMethod.Get, "/api/markets", host: host)).ShouldBeProblem(403, null, "FORBIDDEN").Text("detail").ShouldContain("loopback");
        (await SendAsync(HttpMethod.Get, "/", host: host)).ShouldBeProblem(403, null, "FORBIDDEN");
    }

    [Theory]
    [InlineData("localhost")]
    [InlineData("LocalHost:5080")]
    [InlineData("127.0.0.1")]
    [InlineData("127.9.9.9:1")]
    [InlineData("[::1]:5080")]
    public async Task Names_of_loopback_are_fine(string host)
    {
        (await SendAsync(HttpMethod.Get, "/api/markets", host: host)).Status.ShouldBe(200);
    }

    private async Task<Reply> SendAsync(HttpMethod method, string path, string? origin = null, string? host = null)
    {
        using var request = new HttpRequestMessage(method, path);
        if (method == HttpMethod.Post) { request.Content = new StringContent("""{"author":"page","text":"banana"}"""); }
        if (origin is not null) { request.Headers.TryAddWithoutValidation("Origin", origin); }
        if (host is not null) { request.Headers.Host = host; }
        return await _node.SendAsync(request);
    }
}
