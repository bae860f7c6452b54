using System.Text.Json;
using System.Text.Json.Serialization;

namespace Market.Node.Cli.Client;

/// <summary>A problem document (RFC 9457) with the market's own code and name.</summary>
/// <param name="Status">HTTP's status.</param>
/// <param name="Code">The rules' number; null for what the rules do not know.</param>
public sealed record NodeProblem(string? Title, int Status, string? Detail, int? Code = null, string? StatusName = null, string? TxnId = null, long? RetryAfterMs = null)
{
    /// <summary>What it is called: the rules' name, or the title.</summary>
    [JsonIgnore]
    public string Name => StatusName ?? Title ?? $"HTTP {Status}";

    /// <summary>Whether the market refused, rather than the node failed.</summary>
    [JsonIgnore]
    public bool IsRefusal => Status is 0 or (>= 400 and < 500);

    /// <summary>Reads a problem document; null for other JSON.</summary>
    /// <param name="httpStatus">Of the answer it came in; it counts more than what the document says. 0 when it came by a socket.</param>
    public static NodeProblem? TryRead(JsonElement json, int httpStatus)
    {
        if (json.ValueKind is not JsonValueKind.Object || (json.Text("title") ?? json.Text("statusName") ?? json.Text("detail")) is null) { return null; }
        return new NodeProblem(
            json.Text("title"), httpStatus > 0 ? httpStatus : (int)(Number(json, "status") ?? 0), json.Text("detail"),
            (int?)Number(json, "code"), json.Text("statusName"), json.Text("txnId"), Number(json, "retryAfterMs"));
    }

    private static long? Number(JsonElement json, string key) =>
        json.Of(key) is { ValueKind: JsonValueKind.Number } value && value.TryGetInt64(out var number) ? number : null;
}

/// <summary>The node answered with a problem.</summary>
public sealed class NodeProblemException(NodeProblem problem) : Exception(problem.Detail ?? problem.Name)
{
    public NodeProblem Problem { get; } = problem;
}

/// <summary>The node could not be reached, went silent, or does not speak as a node.</summary>
/// <param name="message">What happened; never holds a secret.</param>
public sealed class NodeFailedException(string message, Exception? inner = null) : Exception(message, inner)
{
    /// <summary>Nobody listens there: a node has to be started first.</summary>
    public bool NobodyListens { get; init; }

    public static NodeFailedException NotANode() => new("What answers there does not speak as a market's node.");
}
