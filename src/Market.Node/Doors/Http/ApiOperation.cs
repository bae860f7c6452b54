using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Microsoft.AspNetCore.Http.Metadata;
using Microsoft.AspNetCore.OpenApi;
using Microsoft.OpenApi;

namespace Market.Node.Doors.Http;

/// <summary>A parameter of an endpoint that it reads by itself.</summary>
internal sealed record ApiParameter(ParameterLocation In, string Name, JsonSchemaType Type, string Description)
{
    public static ApiParameter Number(string name, string description) => new(ParameterLocation.Query, name, JsonSchemaType.Integer, description);

    public static ApiParameter Text(string name, string description) => new(ParameterLocation.Query, name, JsonSchemaType.String, description);

    public static ApiParameter Header(string name, string description) => new(ParameterLocation.Header, name, JsonSchemaType.String, description);
}

/// <summary>An endpoint that wants a token.</summary>
internal sealed record ApiToken;

/// <summary>An endpoint that takes one message and answers with one, or an array and answers with one.</summary>
internal sealed record ApiOneOrMany;

/// <summary>Adds to the description of an endpoint what its handler's signature does not tell, since handlers read requests by themselves.</summary>
internal sealed partial class ApiOperation : IOpenApiOperationTransformer
{
    private static readonly Dictionary<string, string> OfPath = new()
    {
        ["market"] = "A market's id, e.g. banana.",
        ["team"] = "A trader's team, e.g. BONOBO.",
        ["name"] = "A trader's name, percent-encoded.",
        ["action"] = "What the market is told.",
    };

    public Task TransformAsync(OpenApiOperation operation, OpenApiOperationTransformerContext context, CancellationToken cancellationToken)
    {
        var told = context.Description.ActionDescriptor.EndpointMetadata;
        operation.Summary = told.OfType<IEndpointSummaryMetadata>().LastOrDefault()?.Summary ?? operation.Summary;
        operation.Parameters ??= [];
        foreach (var name in PathNames().Matches(context.Description.RelativePath ?? "").Select(match => match.Groups[1].Value))
        {
            operation.Parameters.Add(OfThePath(name));
        }
        foreach (var parameter in told.OfType<ApiParameter>()) { operation.Parameters.Add(Optional(parameter)); }
        if (told.OfType<ApiToken>().Any())
        {
            operation.Security = [new OpenApiSecurityRequirement { [new OpenApiSecuritySchemeReference(ApiDescription.Bearer, context.Document)] = [] }];
        }
        if (told.OfType<ApiOneOrMany>().Any())
        {
            AllowMany(operation.RequestBody?.Content);
            AllowMany(operation.Responses?["200"].Content);
        }
        return Task.CompletedTask;
    }

    private static OpenApiParameter OfThePath(string name) => new()
    {
        Name = name,
        In = ParameterLocation.Path,
        Required = true,
        Description = OfPath[name],
        Schema = new OpenApiSchema
        {
            Type = JsonSchemaType.String,
            Enum = name == "action" ? [.. AdminEndpoints.Actions.Select(action => (JsonNode)action)] : null,
        },
    };

    private static OpenApiParameter Optional(ApiParameter parameter) => new()
    {
        Name = parameter.Name,
        In = parameter.In,
        Description = parameter.Description,
        Schema = new OpenApiSchema { Type = parameter.Type },
    };

    private static void AllowMany(IDictionary<string, OpenApiMediaType>? content)
    {
        foreach (var media in content?.Values ?? [])
        {
            if (media.Schema is { } one) { media.Schema = new OpenApiSchema { OneOf = [one, new OpenApiSchema { Type = JsonSchemaType.Array, Items = one }] }; }
        }
    }

    [GeneratedRegex(@"\{(\w+)\}")]
    private static partial Regex PathNames();
}
