namespace Market.Node.Tests.Cli;

/// <summary>Waits for a fact of another thread.</summary>
public static class Eventually
{
    private static readonly TimeSpan Longest = TimeSpan.FromSeconds(20);

    public static Task TrueAsync(Func<bool> fact) => TrueAsync(() => Task.FromResult(fact()));

    /// <summary>A fact that is asked for. Nothing here may block: two tests that did would hold both threads that the answers need.</summary>
    public static async Task TrueAsync(Func<Task<bool>> fact)
    {
        using var late = new CancellationTokenSource(Longest);
        using var tick = new PeriodicTimer(TimeSpan.FromMilliseconds(5));
        while (!await fact().WaitAsync(late.Token)) { await tick.WaitForNextTickAsync(late.Token); }
    }
}
