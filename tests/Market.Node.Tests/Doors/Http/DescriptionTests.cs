using System.Text.Json;
using System.Text.RegularExpressions;

namespace Market.Node.Tests.Doors.Http;

/// <summary>Whether the description is good enough to make a client from.</summary>
public sealed class DescriptionTests(SharedNode shared) : IClassFixture<SharedNode>
{
    private static readonly string[] Methods = ["get", "post", "head"];

    [Fact]
    public async Task Every_name_in_a_path_is_a_required_parameter_and_no_other_is()
    {
        foreach (var (path, _, operation) in await OperationsAsync())
        {
            var named = Regex.Matches(path, @"\{(\w+)\}").Select(match => match.Groups[1].Value);
            var required = Parameters(operation).Where(parameter => parameter.Text("in") == "path").ToList();

            required.Select(parameter => parameter.Text("name")).ShouldBe(named, path);
            required.ShouldAllBe(parameter => parameter.GetProperty("required").GetBoolean());
            Parameters(operation).ShouldAllBe(parameter => parameter.Text("description").Length > 0);
        }
    }

    [Fact]
    public async Task Every_answer_that_went_well_has_a_shape_and_every_other_is_a_problem()
    {
        foreach (var (path, method, operation) in (await OperationsAsync()).Where(operation => !operation.Path.StartsWith("/healthz", StringComparison.Ordinal)))
        {
            foreach (var response in operation.GetProperty("responses").EnumerateObject())
            {
                var media = response.Value.GetProperty("content").EnumerateObject().ShouldHaveSingleItem($"{method} {path} {response.Name}");
                media.Value.Has("schema").ShouldBeTrue($"{method} {path} {response.Name}");
                (media.Name == "application/problem+json").ShouldBe(response.Name[0] != '2', $"{method} {path} {response.Name}");
            }
        }
    }

    [Theory]
    [InlineData("/api/markets/{market}/prices", "from,limit")]
    [InlineData("/api/markets/{market}/board", "limit")]
    [InlineData("/api/markets/{market}/gibbs", "limit")]
    [InlineData("/api/markets/{market}/stream", "topics,Last-Event-ID")]
    [InlineData("/api/markets/{market}/traders/{team}/{name}/events", "from,limit")]
    public async Task What_may_be_asked_for_is_told(string path, string names)
    {
        var operation = (await OperationsAsync()).Single(operation => operation.Path == path && operation.Method == "get").Operation;

        Parameters(operation).Where(parameter => parameter.Text("in") != "path").Select(parameter => parameter.Text("name")).ShouldBe(names.Split(','));
    }

    [Fact]
    public async Task Commands_go_one_or_many_with_a_token_and_only_what_a_type_needs()
    {
        var document = await DocumentAsync();
        var commands = document.GetProperty("paths").GetProperty("/api/markets/{market}/commands").GetProperty("post");
        var schemas = document.GetProperty("components").GetProperty("schemas");

        Content(commands.GetProperty("requestBody")).GetProperty("oneOf").GetArrayLength().ShouldBe(2);
        Content(commands.GetProperty("responses").GetProperty("200")).GetProperty("oneOf").GetArrayLength().ShouldBe(2);
        commands.GetProperty("security").GetArrayLength().ShouldBe(1);
        document.GetProperty("components").GetProperty("securitySchemes").GetProperty("bearer").Text("scheme").ShouldBe("bearer");
        schemas.GetProperty("ApiCommand").GetProperty("required").EnumerateArray().Select(field => field.GetString()).ShouldBe(["txnId", "type"]);
        schemas.GetProperty("ApiState").GetProperty("properties").GetProperty("shares").Text("type").ShouldBe("integer");
    }

    [Fact]
    public async Task Shapes_have_the_fields_that_answers_have()
    {
        var schemas = (await DocumentAsync()).GetProperty("components").GetProperty("schemas");
        var trader = await shared.JoinAsync();
        var gibb = await shared.Node.GibbAsync("ada", "banana");

        ShouldFit(schemas, "ApiMarket", (await shared.Node.GetAsync("/api/markets/banana")).Json);
        ShouldFit(schemas, "ApiBoard", (await shared.Node.GetAsync("/api/markets/banana/board")).Json);
        ShouldFit(schemas, "ApiPrice", (await shared.Node.GetAsync("/api/markets/banana")).Json.GetProperty("price"));
        ShouldFit(schemas, "ApiTrader", await shared.Node.StateAsync(trader));
        ShouldFit(schemas, "ApiResult", (await shared.Node.CommandAsync(trader, Commands.Buy("t1", 1))).Json);
        ShouldFit(schemas, "ApiEvent", (await shared.Node.GetAsync($"{trader.Path}/events?from=2")).Json[0]);
        ShouldFit(schemas, "ApiGibb", gibb.Json);
        ShouldFit(schemas, "ApiProblem", (await shared.Node.GetAsync("/api/markets/papaya")).Json);
        ShouldFit(schemas, "ApiHealth", (await shared.Node.GetAsync("/healthz/ready")).Json);
    }

    /// <summary>All required fields are there, and none that is not told.</summary>
    private static void ShouldFit(JsonElement schemas, string name, JsonElement answer)
    {
        var schema = schemas.GetProperty(name);
        var fields = answer.EnumerateObject().Select(field => field.Name).ToList();
        schema.GetProperty("required").EnumerateArray().Select(field => field.GetString()!).Except(fields).ShouldBeEmpty(name);
        fields.Except(schema.GetProperty("properties").EnumerateObject().Select(field => field.Name)).ShouldBeEmpty(name);
    }

    private static JsonElement Content(JsonElement body) => body.GetProperty("content").GetProperty("application/json").GetProperty("schema");

    private static List<JsonElement> Parameters(JsonElement operation) =>
        operation.TryGetProperty("parameters", out var parameters) ? [.. parameters.EnumerateArray()] : [];

    private async Task<JsonElement> DocumentAsync() => (await shared.Node.GetAsync("/openapi/v1.json")).Json;

    private async Task<List<(string Path, string Method, JsonElement Operation)>> OperationsAsync() =>
    [
        .. from path in (await DocumentAsync()).GetProperty("paths").EnumerateObject()
           from method in path.Value.EnumerateObject()
           where Methods.Contains(method.Name)
           select (path.Name, method.Name, method.Value),
    ];
}
