using System.Diagnostics;
using System.Globalization;

namespace Market.Node.Laboratory;

/// <summary>One line that says how far a long run has come, for a person who waits; nothing for a file or a short run.</summary>
/// <param name="output">Where to; null for nowhere.</param>
/// <param name="unit">What is counted: <c>tick</c>.</param>
/// <param name="total">Of how many.</param>
public sealed class RunProgress(TextWriter? output, string unit, long total)
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan Between = TimeSpan.FromMilliseconds(250);

    private readonly Stopwatch _running = Stopwatch.StartNew();
    private readonly Lock _gate = new();
    private TimeSpan _next = Patience;
    private int _width;

    /// <summary>So many are done. Any thread may say so.</summary>
    /// <param name="commands">Counts the commands; asked only when a line is written.</param>
    public void Done(long count, Func<long> commands)
    {
        if (output is null || _running.Elapsed < _next) { return; }
        lock (_gate)
        {
            var elapsed = _running.Elapsed;
            _next = elapsed + Between;
            var left = elapsed * ((double)(total - count) / Math.Max(1, count));
            Write(string.Create(CultureInfo.InvariantCulture, $"{unit} {count:N0} of {total:N0} · {commands() / elapsed.TotalSeconds:N0} commands/s · {Span(left)} left"));
        }
    }

    /// <summary>Takes the line away.</summary>
    public void Clear()
    {
        if (_width > 0) { output!.Write($"\r{new string(' ', _width)}\r"); }
    }

    private void Write(string line)
    {
        output!.Write($"\r{line.PadRight(_width)}");
        output.Flush();
        _width = Math.Max(_width, line.Length);
    }

    private static string Span(TimeSpan left) => left.TotalHours >= 1
        ? string.Create(CultureInfo.InvariantCulture, $"{(long)left.TotalHours}:{left:mm\\:ss}")
        : left.ToString("m\\:ss", CultureInfo.InvariantCulture);
}
