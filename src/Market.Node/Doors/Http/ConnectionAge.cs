using Microsoft.AspNetCore.Http.Features;

namespace Market.Node.Doors.Http;

/// <summary>How long ago a connection was accepted: a feature of it, and so of all its requests.</summary>
public sealed class ConnectionAge(TimeProvider time)
{
    private readonly long _accepted = time.GetTimestamp();

    public TimeSpan Now => time.GetElapsedTime(_accepted);

    /// <summary>That of a request's connection.</summary>
    public static ConnectionAge Of(HttpContext http) => http.Features.GetRequiredFeature<ConnectionAge>();
}
