namespace Market.Node.Tests.Bots;

/// <summary>A clock moved by hand, and timers that go off when it passes them. Safe for many threads.</summary>
public sealed class ManualTime : TimeProvider
{
    private readonly Lock _gate = new();
    private readonly List<ManualTimer> _set = [];
    private readonly List<TaskCompletionSource> _waiting = [];
    private DateTimeOffset _now = new(2026, 1, 31, 12, 0, 0, TimeSpan.Zero);

    public override long TimestampFrequency => TimeSpan.TicksPerSecond;

    /// <summary>How many timers are set.</summary>
    public int Timers
    {
        get { lock (_gate) { return _set.Count; } }
    }

    public override DateTimeOffset GetUtcNow()
    {
        lock (_gate) { return _now; }
    }

    public override long GetTimestamp() => GetUtcNow().UtcTicks;

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        var timer = new ManualTimer(this, () => callback(state));
        timer.Change(dueTime, period);
        return timer;
    }

    /// <summary>Waits until a timer is set, and says how far away the next one is.</summary>
    public async Task<TimeSpan> NextTimerAsync()
    {
        while (true)
        {
            TaskCompletionSource set;
            lock (_gate)
            {
                if (_set.Count > 0) { return _set.Min(timer => timer.Due) - _now; }
                set = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
                _waiting.Add(set);
            }
            await set.Task.WaitAsync(TimeSpan.FromSeconds(30));
        }
    }

    public void Advance(TimeSpan by)
    {
        var until = GetUtcNow() + by;
        while (TakeDue(until) is { } due) { due.GoOff(); }
        lock (_gate) { _now = until; }
    }

    private ManualTimer? TakeDue(DateTimeOffset until)
    {
        lock (_gate)
        {
            var next = _set.Where(timer => timer.Due <= until).MinBy(timer => timer.Due);
            if (next is null) { return null; }
            _now = next.Due > _now ? next.Due : _now;
            _set.Remove(next);
            return next;
        }
    }

    /// <summary>Timers of one shot: nothing here sets a period.</summary>
    private sealed class ManualTimer(ManualTime time, Action goOff) : ITimer
    {
        public DateTimeOffset Due { get; private set; }

        public void GoOff() => goOff();

        public bool Change(TimeSpan dueTime, TimeSpan period)
        {
            List<TaskCompletionSource> told = [];
            lock (time._gate)
            {
                time._set.Remove(this);
                if (dueTime < TimeSpan.Zero) { return true; }
                Due = time._now + dueTime;
                time._set.Add(this);
                told.AddRange(time._waiting);
                time._waiting.Clear();
            }
            told.ForEach(waiting => waiting.SetResult());
            return true;
        }

        public void Dispose()
        {
            lock (time._gate) { time._set.Remove(this); }
        }

        public ValueTask DisposeAsync()
        {
            Dispose();
            return ValueTask.CompletedTask;
        }
    }
}
