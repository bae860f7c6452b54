using Market.Node.Doors.WebSockets;
using Microsoft.AspNetCore.OpenApi;
using Microsoft.OpenApi;

namespace Market.Node.Doors.Http;

/// <summary>The head of the description at <c>/openapi/v1.json</c>.</summary>
internal sealed class ApiDescription : IOpenApiDocumentTransformer
{
    /// <summary>The name of the one way to show who one is.</summary>
    public const string Bearer = "bearer";

    public Task TransformAsync(OpenApiDocument document, OpenApiDocumentTransformerContext context, CancellationToken cancellationToken)
    {
        document.Info = new OpenApiInfo
        {
            Title = "Monkonomy",
            Version = WebSocketDoor.Version,
            Description = "A market of banana shares. Join, trade, feed monkeys. Commands also go by WebSocket at /ws/markets/{market}. "
                + "Every refusal is application/problem+json with the rules' code.",
        };
        document.AddComponent(Bearer, new OpenApiSecurityScheme
        {
            Type = SecuritySchemeType.Http,
            Scheme = "bearer",
            Description = "A trader's token, which joining gives; or the organiser's.",
        });
        return Task.CompletedTask;
    }
}
