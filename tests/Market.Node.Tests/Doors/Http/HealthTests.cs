using System.Text.Json;

namespace Market.Node.Tests.Doors.Http;

/// <summary>Health, the description, the page, and addresses that nothing answers to.</summary>
public sealed class HealthTests(SharedNode shared) : IClassFixture<SharedNode>
{
    private readonly NodeFixture _node = shared.Node;

    [Theory]
    [InlineData("live")]
    [InlineData("ready")]
    public async Task Node_that_runs_is_live_and_ready(string what)
    {
        var reply = await _node.GetAsync($"/healthz/{what}");

        reply.Status.ShouldBe(200);
        reply["status"].GetString().ShouldBe(what);
        reply["reasons"].GetArrayLength().ShouldBe(0);
    }

    [Fact]
    public async Task Description_lists_every_path_of_the_protocol()
    {
        var paths = (await _node.GetAsync("/openapi/v1.json"))["paths"];

        foreach (var (method, path) in new[]
        {
            ("get", "/healthz/live"), ("get", "/healthz/ready"), ("get", "/api/markets"), ("get", "/api/markets/{market}"),
            ("get", "/api/markets/{market}/prices"), ("get", "/api/markets/{market}/board"), ("post", "/api/markets/{market}/traders"),
            ("get", "/api/markets/{market}/traders/{team}/{name}"), ("get", "/api/markets/{market}/traders/{team}/{name}/events"),
            ("post", "/api/markets/{market}/commands"), ("post", "/api/markets/{market}/gibbs"), ("get", "/api/markets/{market}/gibbs"),
            ("get", "/api/markets/{market}/stream"), ("post", "/api/admin/markets/{market}/{action}"), ("get", "/metrics"),
        })
        {
            paths.Has(path).ShouldBeTrue(path);
            paths.GetProperty(path).GetProperty(method).Text("summary").ShouldNotBeNullOrEmpty();
        }
    }

    [Fact]
    public async Task Description_points_to_nothing_that_it_does_not_hold()
    {
        var document = (await _node.GetAsync("/openapi/v1.json")).Json;

        document.Text("openapi").ShouldStartWith("3.");
        document.GetProperty("info").Text("title").ShouldBe("Monkonomy");
        foreach (var name in References(document)) { document.GetProperty("components").GetProperty("schemas").Has(name).ShouldBeTrue(name); }
    }

    [Fact]
    public async Task Page_or_how_to_get_it_is_at_the_root()
    {
        var reply = await _node.GetAsync("/");

        reply.Status.ShouldBe(200);
        reply.MediaType.ShouldBe("text/html");
        reply.Text.ShouldContain("<html");
        reply.Headers.GetValues("Content-Security-Policy").Single().ShouldContain("default-src 'self'");
        reply.Headers.GetValues("X-Content-Type-Options").Single().ShouldBe("nosniff");
    }

    [Theory]
    [InlineData("/nothing")]
    [InlineData("/api")]
    [InlineData("/api/markets/banana/nothing")]
    [InlineData("/..%2f..%2fetc/passwd")]
    [InlineData("/assets/../../secret")]
    public async Task Address_that_nothing_answers_to_is_a_problem_that_points_to_the_description(string path)
    {
        (await _node.GetAsync(path)).ShouldBeProblem(404, null, "NOT_FOUND").Text("detail").ShouldContain("/openapi/v1.json");
    }

    [Fact]
    public async Task Wrong_method_is_a_problem()
    {
        (await _node.PostAsync("/api/markets", "{}")).Status.ShouldBeInRange(404, 405);
        (await _node.GetAsync("/api/markets/banana/commands")).Status.ShouldBeInRange(404, 405);
    }

    private static IEnumerable<string> References(JsonElement element) => element.ValueKind switch
    {
        JsonValueKind.Object => element.EnumerateObject().SelectMany(property =>
            property.Name == "$ref" ? [property.Value.GetString()!.Split('/')[^1]] : References(property.Value)),
        JsonValueKind.Array => element.EnumerateArray().SelectMany(References),
        _ => [],
    };
}
