using Market.Actors.Answers;

namespace Market.Actors.Mailboxes;

/// <summary>
/// A shard's mailbox: many may post, one takes. Two lanes: commands and requests, bounded, because strangers fill it;
/// and the mail of other shards, bounded by what they may have unacknowledged, because it must not be lost to a flood.
/// </summary>
/// <param name="capacity">Most commands and requests waiting; at least 1.</param>
/// <param name="wake">Called, on the poster's thread, when something was posted to an empty mailbox.</param>
public sealed class Mailbox(int capacity, Action wake)
{
    private readonly Lock _gate = new();

    // Owned by the gate: what waits.
    private Envelope[] _commands = new Envelope[Math.Min(capacity, 64)];
    private int _count;
    private List<object> _links = [];
    private Failure? _closed;

    // Owned by the taker: what was taken last time, reused.
    private Envelope[] _taken = new Envelope[Math.Min(capacity, 64)];
    private int _takenCount;
    private List<object> _takenLinks = [];

    public int Capacity => capacity;

    /// <summary>Commands and requests that wait.</summary>
    public int Depth => Volatile.Read(ref _count);

    /// <summary>Whether anything waits, by a look that needs no lock.</summary>
    public bool HasMail => Depth > 0 || HasLinks;

    /// <summary>Whether mail of other shards waits.</summary>
    public bool HasLinks => Volatile.Read(ref _links).Count > 0;

    /// <summary>False when the mailbox is full: slow down, or say so.</summary>
    public bool TryPost(in Envelope envelope)
    {
        bool first;
        Failure? closed;
        lock (_gate)
        {
            closed = _closed;
            if (closed is null && _count == capacity) { return false; }
            if (_count == _commands.Length) { Array.Resize(ref _commands, Math.Min(_commands.Length * 2, capacity)); }
            first = _count == 0;
            if (closed is null)
            {
                _commands[_count] = envelope;
                Volatile.Write(ref _count, _count + 1);
            }
        }
        if (closed is not null) { Refuse(envelope, closed); }
        else if (first) { wake(); }
        return true;
    }

    /// <summary>Posts mail of another shard; to a closed mailbox it is lost, and its sender goes on owing it.</summary>
    public void PostLink(object mail)
    {
        lock (_gate)
        {
            if (_closed is not null) { return; }
            _links.Add(mail);
        }
        wake();
    }

    /// <summary>Answers all commands and requests that wait with a failure. The taker's thread only.</summary>
    /// <returns>How many there were.</returns>
    public int Refuse(Failure failure)
    {
        if (Depth == 0) { return 0; }
        var commands = TakeAll().Commands;
        Refuse(commands, failure);
        return commands.Length;
    }

    /// <summary>
    /// From here on every command and request posted is answered with this failure at once, and so are those that wait and those that
    /// were taken but not handled. The taker's thread only.
    /// </summary>
    public void Close(Failure failure)
    {
        lock (_gate)
        {
            _closed = failure;
            _links.Clear();
        }
        Refuse(_taken.AsSpan(0, _takenCount), failure);
        Refuse(failure);
    }

    /// <summary>Takes mail again after it was closed. The taker's thread only.</summary>
    public void Reopen()
    {
        lock (_gate) { _closed = null; }
    }

    /// <summary>Takes all that waits. The spans hold until the next call, which only the one taker makes.</summary>
    /// <param name="withCommands">False leaves commands and requests where they are.</param>
    public Mail TakeAll(bool withCommands = true)
    {
        var count = 0;
        lock (_gate)
        {
            (_links, _takenLinks) = (_takenLinks, _links);
            _links.Clear();
            if (withCommands)
            {
                (_commands, _taken) = (_taken, _commands);
                count = _count;
                Volatile.Write(ref _count, 0);
            }
        }
        _takenCount = count;
        return new Mail(_taken.AsSpan(0, count), System.Runtime.InteropServices.CollectionsMarshal.AsSpan(_takenLinks));
    }

    private static void Refuse(Span<Envelope> envelopes, Failure failure)
    {
        foreach (ref var envelope in envelopes)
        {
            Refuse(envelope, failure);
            envelope = default;
        }
    }

    private static void Refuse(in Envelope envelope, Failure failure)
    {
        envelope.AnswerTo?.Fail(envelope.Tag, failure);
        (envelope.Body as Request)?.Fail(failure);
    }
}

/// <summary>What one taking of a mailbox brought.</summary>
public readonly ref struct Mail(Span<Envelope> commands, ReadOnlySpan<object> links)
{
    /// <summary>In the order they were posted. The taker clears each once handled, so that nothing is held on to.</summary>
    public Span<Envelope> Commands { get; } = commands;

    public ReadOnlySpan<object> Links { get; } = links;
}
