namespace Market.Servers;

/// <summary>Lets time pass: between two tries, or while a fault lasts.</summary>
public static class Pause
{
    public static async Task ForAsync(TimeSpan time, CancellationToken cancel = default)
    {
        if (time <= TimeSpan.Zero) { return; }
        using var timer = new PeriodicTimer(time);
        await timer.WaitForNextTickAsync(cancel);
    }
}
