using Market.Actors.Answers;
using Market.Actors.Shards;
using Market.Node.Doors;
using Market.Protocol.Messages;
using Market.Protocol.Values;

namespace Market.Node.Bots;

/// <summary>
/// Posts what a file says was posted once, at the pace of then, or faster. Begins when the market runs, and is held up while it does not. One
/// post at a time: the next waits until this one is durable, so that a fast replay floods nobody.
/// </summary>
/// <param name="path">See <see cref="GibbsFile"/>. A post that is earlier than the one above it is posted at once.</param>
/// <param name="speed">How much faster than then; above 0.</param>
public sealed class GibbReplay(string path, double speed, MarketRegion region, RunningGate gate, TimeProvider time, ILogger logger)
{
    public const string Source = "replay";

    /// <summary>How long to wait before a post that could not be answered is posted again. Said twice within a minute it counts once.</summary>
    private static readonly TimeSpan RetryAfter = TimeSpan.FromSeconds(1);

    /// <summary>A timer waits for no longer than some weeks; a gap between two posts may be longer.</summary>
    private static readonly TimeSpan LongestWait = TimeSpan.FromDays(1);

    private long _origin;

    /// <summary>Reads the whole file once.</summary>
    /// <returns>How many posts it holds.</returns>
    /// <exception cref="GibbsFileException">It cannot be replayed.</exception>
    public async Task<long> CheckAsync(CancellationToken cancel)
    {
        if (!(speed > 0) || !double.IsFinite(speed)) { throw new GibbsFileException($"{path}: a speed above 0 is needed to replay it, not {speed}."); }
        var posts = 0L;
        await foreach (var _ in GibbsFile.ReadAsync(path, cancel)) { posts++; }
        return posts;
    }

    public async Task RunAsync(CancellationToken cancel)
    {
        await gate.WaitAsync(cancel);
        _origin = time.GetTimestamp();
        var dueMs = 0.0;
        Timestamp? latest = null;
        await foreach (var line in GibbsFile.ReadAsync(path, cancel))
        {
            dueMs += latest is { } before ? Math.Max(0, line.Time.MsSince(before)) / speed : 0;
            latest = latest > line.Time ? latest : line.Time;
            await WaitUntilAsync(dueMs, cancel);
            await PassGateAsync(dueMs, cancel);
            if (!await PostAsync(line, cancel)) { return; }
        }
        logger.LogInformation("{File} was replayed to its end.", path);
    }

    private async Task WaitUntilAsync(double dueMs, CancellationToken cancel)
    {
        for (var left = LeftMs(dueMs); left > 0; left = LeftMs(dueMs))
        {
            await Task.Delay(TimeSpan.FromMilliseconds(Math.Ceiling(Math.Min(left, LongestWait.TotalMilliseconds))), time, cancel);
        }
    }

    /// <summary>While the market stands still, so does the file: what comes after is later by as much.</summary>
    private async Task PassGateAsync(double dueMs, CancellationToken cancel)
    {
        if (gate.IsOpen) { return; }
        await gate.WaitAsync(cancel);
        _origin += (long)(Math.Max(0, -LeftMs(dueMs)) * time.TimestampFrequency / 1_000);
    }

    private double LeftMs(double dueMs) => dueMs - time.GetElapsedTime(_origin).TotalMilliseconds;

    /// <returns>False when nothing can be posted any more.</returns>
    private async Task<bool> PostAsync(GibbLine line, CancellationToken cancel)
    {
        while (true)
        {
            try
            {
                await region.AskAsync<Gibb>(to => new PostGibb(line.Author, line.Text, Source, to), cancel);
                return true;
            }
            catch (UnansweredException unanswered) when (unanswered.Failure.Kind is FailureKind.Fault)
            {
                logger.LogWarning("A post of {File} was passed over: {Reason}", path, unanswered.Message);
                return true;
            }
            catch (UnansweredException unanswered) when (unanswered.Failure.Kind is FailureKind.ShardStopped or FailureKind.Stopping)
            {
                logger.LogWarning("The replay of {File} ends here: {Reason}", path, unanswered.Message);
                return false;
            }
            catch (UnansweredException)
            {
                await Task.Delay(RetryAfter, time, cancel);
            }
        }
    }
}
