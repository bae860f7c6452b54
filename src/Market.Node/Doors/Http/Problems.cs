using System.Globalization;
using System.Text.Json;
using Market.Actors.Answers;
using Market.Protocol.Messages;
using Market.Protocol.Wire.Json;

namespace Market.Node.Doors.Http;

/// <summary>
/// What went wrong, as RFC 9457 has it: <c>status</c> is HTTP's number; the rules' own number and name are <c>code</c> and <c>statusName</c>,
/// which is the <c>title</c> too.
/// </summary>
/// <param name="HttpStatus">HTTP's status.</param>
/// <param name="Name">The rules' name of the status, or one of the door's own for what the rules do not know.</param>
/// <param name="Code">The rules' number; null for what the rules do not know.</param>
/// <param name="Detail">What was wrong and what would be right.</param>
public sealed record Problem(int HttpStatus, string Name, int? Code, string Detail)
{
    /// <summary>Of the command that it is about, when it could be read.</summary>
    public string? TxnId { get; init; }

    /// <summary>When to come back; null when waiting does not help.</summary>
    public long? RetryAfterMs { get; init; }

    public static Problem Of(Status status, string? detail = null) =>
        new(HttpStatusOf(status), status.Name(), (int)status, detail ?? status.Explain() ?? "");

    public static Problem Of(in Result refused) => Of(refused.Status, refused.Message) with
    {
        TxnId = refused.TxnId.Length > 0 ? refused.TxnId : null,
        RetryAfterMs = refused.RetryAfterMs,
    };

    /// <summary>503 for what may be sent again, 500 for what need not.</summary>
    public static Problem Of(Failure failure) => failure.Kind is FailureKind.Fault
        ? new(StatusCodes.Status500InternalServerError, "FAULT", null, failure.Message)
        : new(StatusCodes.Status503ServiceUnavailable, NameOf(failure.Kind), null, failure.Message) { RetryAfterMs = 1_000 };

    public static Problem Malformed(string detail) => Of(Status.Malformed, detail);

    public static Problem NotFound(string detail) => new(StatusCodes.Status404NotFound, "NOT_FOUND", null, detail);

    public static Problem TooLarge(int maxBytes) =>
        new(StatusCodes.Status413PayloadTooLarge, Status.Malformed.Name(), (int)Status.Malformed, $"At most {maxBytes} bytes are read.");

    public void Write(Utf8JsonWriter json)
    {
        json.WriteStartObject();
        json.WriteString("type", "about:blank");
        json.WriteString("title", Name);
        json.WriteNumber("status", HttpStatus);
        json.WriteString("detail", Detail);
        if (Code is { } code) { json.WriteNumber("code", code); }
        json.WriteString("statusName", Name);
        if (TxnId is not null) { json.WriteString("txnId", TxnId); }
        if (RetryAfterMs is { } retry) { json.WriteNumber("retryAfterMs", retry); }
        json.WriteEndObject();
    }

    /// <summary>Answers a request with this.</summary>
    public async Task SendAsync(HttpContext http)
    {
        http.Response.StatusCode = HttpStatus;
        http.Response.ContentType = "application/problem+json";
        if (HttpStatus is StatusCodes.Status401Unauthorized) { http.Response.Headers.WWWAuthenticate = "Bearer"; }
        if (RetryAfterMs is { } ms)
        {
            http.Response.Headers.RetryAfter = Math.Max(1, (ms + 999) / 1_000).ToString(CultureInfo.InvariantCulture);
        }
        await using (var json = new Utf8JsonWriter(http.Response.BodyWriter, MessageWriter.Options)) { Write(json); }
        await http.Response.BodyWriter.FlushAsync(http.RequestAborted);
    }

    private static int HttpStatusOf(Status status) => status switch
    {
        Status.Unauthorized => StatusCodes.Status401Unauthorized,
        Status.UnknownMarket => StatusCodes.Status404NotFound,
        Status.RateLimited => StatusCodes.Status429TooManyRequests,
        _ => StatusCodes.Status400BadRequest,
    };

    private static string NameOf(FailureKind kind) => kind switch
    {
        FailureKind.JournalUnavailable => "JOURNAL_UNAVAILABLE",
        FailureKind.Overloaded => "OVERLOADED",
        FailureKind.ShardStopped => "SHARD_STOPPED",
        FailureKind.Stopping => "STOPPING",
        _ => "FAULT",
    };
}
