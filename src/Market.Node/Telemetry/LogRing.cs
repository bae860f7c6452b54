using Market.Protocol.Values;

namespace Market.Node.Telemetry;

/// <summary>A line of the log.</summary>
/// <param name="Number">Counts lines from 1.</param>
public sealed record LogLine(long Number, Timestamp Time, LogLevel Level, string Category, string Text);

/// <summary>A node's newest log lines, oldest forgotten first, for who looks later. Any thread.</summary>
/// <param name="secrets">Texts that are shown as <c>***</c>, should one ever stand in a line.</param>
/// <param name="capacity">How many are kept; default 1,000 of at most 2,000 characters.</param>
public sealed class LogRing(TimeProvider time, IReadOnlyList<string> secrets, int capacity = 1_000) : ILoggerProvider
{
    private const int MaxText = 2_000;

    private readonly Lock _gate = new();
    private readonly Queue<LogLine> _lines = new();
    private long _count;

    /// <summary>Lines kept with this number or a later one, oldest first; the newest of them when there are more than <paramref name="limit"/>.</summary>
    public IReadOnlyList<LogLine> From(long number, int limit)
    {
        lock (_gate) { return [.. _lines.Where(line => line.Number >= number).TakeLast(limit)]; }
    }

    public ILogger CreateLogger(string categoryName) => new Writer(this, categoryName);

    public void Dispose()
    {
        // Nothing is held but memory.
    }

    private void Add(LogLevel level, string category, string text)
    {
        foreach (var secret in secrets) { text = text.Replace(secret, "***", StringComparison.Ordinal); }
        if (text.Length > MaxText) { text = string.Concat(text.AsSpan(0, MaxText), "…"); }
        var now = Timestamp.Of(time.GetUtcNow());
        lock (_gate)
        {
            if (_lines.Count == capacity) { _lines.Dequeue(); }
            _lines.Enqueue(new LogLine(++_count, now, level, category, text));
        }
    }

    private sealed class Writer(LogRing ring, string category) : ILogger
    {
        public IDisposable? BeginScope<TState>(TState state) where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => logLevel is not LogLevel.None;

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
        {
            var text = formatter(state, exception);
            ring.Add(logLevel, category, exception is null ? text : $"{text}: {exception}");
        }
    }
}
