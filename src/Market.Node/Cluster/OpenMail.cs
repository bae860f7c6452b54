namespace Market.Node.Cluster;

/// <summary>Mail of one queue that was not acknowledged yet, in the order it came in, which is that of its marks. Safe for many threads.</summary>
public sealed class OpenMail
{
    private readonly Lock _gate = new();

    // Owned by the gate.
    private readonly Queue<ulong> _open = new();
    private readonly HashSet<ulong> _handled = [];

    public bool Any
    {
        get { lock (_gate) { return _open.Count > 0; } }
    }

    public void Add(ulong mark)
    {
        lock (_gate) { _open.Enqueue(mark); }
    }

    /// <summary>It may be acknowledged. Nothing happens when it was handed back meanwhile.</summary>
    /// <returns>How many wait for their acknowledgement.</returns>
    public int Handled(ulong mark)
    {
        lock (_gate)
        {
            if (_open.Contains(mark)) { _handled.Add(mark); }
            return _handled.Count;
        }
    }

    public bool IsOpen(ulong mark)
    {
        lock (_gate) { return _open.Contains(mark); }
    }

    /// <summary>Takes those that are handled without a gap from the first on.</summary>
    /// <returns>The last of them: it and all before it may be acknowledged with one message. Null when the first is not handled.</returns>
    public ulong? Take()
    {
        lock (_gate)
        {
            ulong? last = null;
            while (_open.TryPeek(out var first) && _handled.Remove(first)) { last = _open.Dequeue(); }
            return last;
        }
    }

    /// <summary>Takes all: those handled are to be acknowledged one by one, the others handed back.</summary>
    public IReadOnlyList<(ulong Mark, bool IsHandled)> TakeAll()
    {
        lock (_gate)
        {
            (ulong, bool)[] all = [.. _open.Select(mark => (mark, _handled.Contains(mark)))];
            _open.Clear();
            _handled.Clear();
            return all;
        }
    }
}
