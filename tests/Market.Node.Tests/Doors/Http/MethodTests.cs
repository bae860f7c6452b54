namespace Market.Node.Tests.Doors.Http;

/// <summary>Methods that an address does not take.</summary>
public sealed class MethodTests(SharedNode shared) : IClassFixture<SharedNode>
{
    private readonly NodeFixture _node = shared.Node;

    [Theory]
    [InlineData("GET", "/api/markets/banana/commands", "POST")]
    [InlineData("GET", "/api/markets/banana/traders", "POST")]
    [InlineData("PUT", "/api/markets/banana/gibbs", "GET, POST")]
    [InlineData("DELETE", "/api/markets/banana", "GET")]
    [InlineData("GET", "/api/admin/markets/banana/start", "POST")]
    public async Task Wrong_method_is_405_and_the_right_ones_are_named(string method, string path, string allowed)
    {
        using var request = new HttpRequestMessage(new HttpMethod(method), path);

        var reply = await _node.SendAsync(request);

        reply.ShouldBeProblem(405, null, "METHOD_NOT_ALLOWED").Text("detail").ShouldEndWith($"takes {allowed}.");
        reply.ContentHeaders.Allow.Order().ShouldBe(allowed.Split(", "));
    }

    [Theory]
    [InlineData("GET", "/nothing")]
    [InlineData("POST", "/nothing")]
    [InlineData("DELETE", "/api/market/banana")]
    public async Task Address_that_nothing_answers_to_is_404_whatever_the_method(string method, string path)
    {
        using var request = new HttpRequestMessage(new HttpMethod(method), path);

        (await _node.SendAsync(request)).ShouldBeProblem(404, null, "NOT_FOUND").Text("detail").ShouldContain("/openapi/v1.json");
    }

    [Theory]
    [InlineData("/healthz/live")]
    [InlineData("/healthz/ready")]
    public async Task Health_can_be_asked_for_its_status_alone(string path)
    {
        using var request = new HttpRequestMessage(HttpMethod.Head, path);

        var reply = await _node.SendAsync(request);

        reply.Status.ShouldBe(200);
        reply.Text.ShouldBeEmpty();
    }
}
