namespace Market.Servers.Tests.Servers;

/// <summary>Waits for a fact of another process.</summary>
public static class Eventually
{
    private static readonly TimeSpan Longest = TimeSpan.FromSeconds(90);

    public static Task TrueAsync(Func<bool> fact) => TrueAsync(() => Task.FromResult(fact()));

    public static async Task TrueAsync(Func<Task<bool>> fact)
    {
        using var late = new CancellationTokenSource(Longest);
        using var tick = new PeriodicTimer(TimeSpan.FromMilliseconds(5));
        while (!await fact()) { await tick.WaitForNextTickAsync(late.Token); }
    }
}
