namespace Market.Cluster;

/// <summary>Waits until a node's doors can promise something for every shard.</summary>
internal static class Waiting
{
    private static readonly HttpClient Http = new();

    private static readonly TimeSpan Longest = TimeSpan.FromSeconds(60);

    public static async Task ReadyAsync(Uri node, CancellationToken cancel)
    {
        using var late = CancellationTokenSource.CreateLinkedTokenSource(cancel);
        late.CancelAfter(Longest);
        using var tick = new PeriodicTimer(TimeSpan.FromMilliseconds(50));
        while (!await IsReadyAsync(node, late.Token)) { await tick.WaitForNextTickAsync(late.Token); }
    }

    private static async Task<bool> IsReadyAsync(Uri node, CancellationToken cancel)
    {
        using var answer = await Http.GetAsync(new Uri(node, "healthz/ready"), cancel);
        return answer.IsSuccessStatusCode;
    }
}
