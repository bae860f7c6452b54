using Market.Protocol.Values;

namespace Market.Actors.Runtime;

/// <summary>A command that could not be handled, and why.</summary>
public sealed record DeadLetter(Timestamp Time, string Actor, string What, string Cause);

/// <summary>The last dead letters of a node, oldest forgotten first. Safe for many threads.</summary>
/// <param name="capacity">How many are kept; all are counted.</param>
public sealed class DeadLetters(int capacity = 1_000)
{
    private readonly Queue<DeadLetter> _letters = new();
    private long _count;

    /// <summary>All there ever were.</summary>
    public long Count => Interlocked.Read(ref _count);

    public void Add(DeadLetter letter)
    {
        Interlocked.Increment(ref _count);
        lock (_letters)
        {
            if (_letters.Count == capacity) { _letters.Dequeue(); }
            _letters.Enqueue(letter);
        }
    }

    /// <summary>The ones kept, newest last.</summary>
    public IReadOnlyList<DeadLetter> Latest()
    {
        lock (_letters) { return [.. _letters]; }
    }
}
