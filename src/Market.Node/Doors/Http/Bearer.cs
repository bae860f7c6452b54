namespace Market.Node.Doors.Http;

/// <summary>The token of a request.</summary>
public static class Bearer
{
    private const string Scheme = "Bearer ";

    /// <summary>What follows <c>Authorization: Bearer</c>; null when there is nothing of the kind.</summary>
    public static string? BearerToken(this HttpContext http)
    {
        var header = http.Request.Headers.Authorization.ToString();
        return header.StartsWith(Scheme, StringComparison.OrdinalIgnoreCase) ? header[Scheme.Length..].Trim() : null;
    }
}
