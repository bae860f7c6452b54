namespace Market.Servers.Tests.Servers;

/// <summary>A test without its server is skipped at a desk; on CI that is a failure.</summary>
internal static class Needed
{
    /// <param name="missing">What is not there and how it is installed; null when nothing is missing.</param>
    public static void Server(string? missing)
    {
        if (missing is null) { return; }
        if (Environment.GetEnvironmentVariable("CI") == "true") { throw new InvalidOperationException(missing); }
        Skip.If(true, missing);
    }
}
