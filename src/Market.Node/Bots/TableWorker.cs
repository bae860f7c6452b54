using Market.Node.Doors;

namespace Market.Node.Bots;

/// <summary>
/// The one task on which all bots of a node play: asleep until the market says something or something must be tried again. Everything at
/// the tables but the taking of notes happens here.
/// </summary>
public sealed class TableWorker : IDisposable
{
    /// <summary>How long to wait before what could not be answered is asked again.</summary>
    public static readonly TimeSpan RetryAfter = TimeSpan.FromSeconds(2);

    private readonly Bell _bell = new();
    private readonly ITimer _retry;

    // Owned by the task, but for the flag that the timer sets.
    private Table[] _tables = [];
    private bool _retryIsSet;
    private volatile bool _retryIsDue;

    public TableWorker(TimeProvider time) =>
        _retry = time.CreateTimer(_ => RetryIsDue(), null, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);

    /// <summary>Wakes the task; from any thread, never blocking.</summary>
    public void Ring() => _bell.Ring();

    /// <summary>Plays at these tables until it is told to stop.</summary>
    public async Task RunAsync(Table[] tables, CancellationToken stop)
    {
        _tables = tables;
        while (true)
        {
            foreach (var table in _tables) { table.Work(); }
            await TryAgainAsync(stop);
            await _bell.WaitAsync(stop);
        }
    }

    public void Dispose() => _retry.Dispose();

    /// <summary>Asks again what is owed once the timer has run out, and sets the timer while anything is.</summary>
    private async Task TryAgainAsync(CancellationToken stop)
    {
        if (_retryIsDue)
        {
            _retryIsDue = _retryIsSet = false;
            foreach (var table in _tables) { await table.TryAgainAsync(stop); }
        }
        if (_retryIsSet || !_tables.Any(table => table.MustTryAgain)) { return; }
        _retryIsSet = true;
        _retry.Change(RetryAfter, Timeout.InfiniteTimeSpan);
    }

    private void RetryIsDue()
    {
        _retryIsDue = true;
        _bell.Ring();
    }
}
