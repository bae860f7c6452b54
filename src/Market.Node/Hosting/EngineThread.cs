using System.Collections.Concurrent;
using Market.Actors.Answers;
using Market.Actors.Runtime;

namespace Market.Node.Hosting;

/// <summary>The one thread that drives an engine: round after round while there is work, asleep until mail comes or something is due.</summary>
/// <param name="snapshotEvery">Events of a shard after which its snapshot is kept.</param>
public sealed class EngineThread(Engine engine, EngineClock clock, WakeUp wakeUp, long snapshotEvery, ILogger logger) : IDisposable
{
    /// <summary>Longest sleep, in ms: a bound on how late a lost wake-up could be noticed.</summary>
    private const int LongestSleepMs = 1_000;

    /// <summary>
    /// Bytes journaled for each byte of a snapshot: a quarter more is written than without them, and a start replays four times what it read,
    /// at a third of a gigabyte a second.
    /// </summary>
    private const int JournaledPerSnapshot = 4;

    private readonly ConcurrentQueue<Action> _errands = new();
    private Thread? _thread;
    private volatile bool _stopping;

    public void Start()
    {
        _thread = new Thread(Run) { Name = "engine", IsBackground = true };
        _thread.Start();
    }

    /// <summary>Does something between two rounds, on the engine's thread. Any thread may ask.</summary>
    /// <returns>Done when it is; fails with what it throws.</returns>
    public Task<T> InvokeAsync<T>(Func<T> errand)
    {
        var done = new TaskCompletionSource<T>(TaskCreationOptions.RunContinuationsAsynchronously);
        _errands.Enqueue(() =>
        {
            try
            {
                done.SetResult(errand());
            }
            catch (Exception failed)
            {
                done.SetException(failed);
            }
        });
        wakeUp.Set();
        return done.Task;
    }

    /// <summary>Finishes what waits, keeps snapshots, and ends the thread.</summary>
    public void Dispose()
    {
        _stopping = true;
        wakeUp.Set();
        _thread?.Join();
    }

    private void Run()
    {
        try
        {
            while (!_stopping) { Step(); }
            while (engine.Round(clock.Now)) { }
            engine.Stop(new Failure(FailureKind.Stopping, "The node is going down; send it again when it is back."));
            if (engine.Down is null) { engine.SaveSnapshots(); }
        }
        catch (Exception fatal)
        {
            logger.LogCritical(fatal, "The engine stopped; nothing untrue was told. Start the node again.");
            engine.Stop(new Failure(FailureKind.ShardStopped, "The engine stopped; the organiser must start the node again."));
            Environment.Exit(1);
        }
    }

    private void Step()
    {
        for (var waiting = _errands.Count; waiting > 0 && _errands.TryDequeue(out var errand); waiting--) { errand(); } // those that come meanwhile wait for a round
        var wasDown = engine.Down;
        if (!engine.Round(clock.Now)) { Sleep(); }
        if (engine.Down is null) { engine.SaveSnapshots(snapshotEvery, JournaledPerSnapshot); }
        if (engine.Down is { } down && wasDown is null) { logger.LogError("Commands are refused until the journal can be written again: {Reason}", down); }
        if (engine.Down is null && wasDown is not null) { logger.LogInformation("The journal can be written again; the market goes on."); }
    }

    private void Sleep()
    {
        var ms = engine.NextDue() is { } due ? due.MsSince(clock.Now) : LongestSleepMs;
        if (ms > 0) { wakeUp.Wait((int)Math.Min(ms, LongestSleepMs)); }
    }
}
