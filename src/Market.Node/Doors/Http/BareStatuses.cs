using Microsoft.AspNetCore.Diagnostics;
using Microsoft.AspNetCore.WebUtilities;

namespace Market.Node.Doors.Http;

/// <summary>Gives a body to the refusals that have none: those of the routing, above all.</summary>
internal static class BareStatuses
{
    public static Task ExplainAsync(StatusCodeContext context) => ProblemOf(context.HttpContext).SendAsync(context.HttpContext);

    private static Problem ProblemOf(HttpContext http)
    {
        var asked = $"{http.Request.Method} {http.Request.Path}";
        return http.Response.StatusCode switch
        {
            StatusCodes.Status404NotFound => Problem.NotFound($"Nothing answers to {asked}; see /openapi/v1.json."),
            StatusCodes.Status405MethodNotAllowed => new Problem(
                StatusCodes.Status405MethodNotAllowed, "METHOD_NOT_ALLOWED", null, $"Nothing answers to {asked}, but this address takes {http.Response.Headers.Allow}."),
            var other => new Problem(other, "REFUSED", null, $"{asked}: {ReasonPhrases.GetReasonPhrase(other)}."),
        };
    }
}
