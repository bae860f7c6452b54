using Market.Actors.Traders;
using Market.Protocol.Values;

namespace Market.Actors.Cluster;

/// <summary>
/// What a consumer was given of a queue with commands and has not acknowledged. If it dies all of it comes again, to the next: so it holds of no trader more
/// commands than the answers that make a repetition harmless. Not safe for many threads.
/// </summary>
/// <param name="most">Most commands of a trader; one message is always let in.</param>
public sealed class Redeliverable(int most)
{
    private readonly Queue<Handed> _handed = new();
    private readonly Dictionary<ulong, Handed> _byMark = [];
    private readonly Dictionary<TraderKey, int> _commands = [];

    /// <summary>Half of the answers remembered, since acknowledgements may be lost on their way; at least 1.</summary>
    public static int MostOf(TraderRules rules) => Math.Max(1, rules.RememberedAnswers / 2);

    /// <summary>Room is made by <see cref="Acknowledged"/>.</summary>
    /// <returns>False when this must wait.</returns>
    /// <param name="mark">The queue's own for the message; greater than all before.</param>
    /// <param name="traders">One for each command in it.</param>
    public bool TryAdd(ulong mark, IReadOnlyCollection<TraderKey> traders)
    {
        if (_handed.Count > 0 && !HasRoomFor(traders)) { return false; }
        var handed = new Handed(mark, traders);
        _handed.Enqueue(handed);
        _byMark[mark] = handed;
        foreach (var trader in traders) { _commands[trader] = _commands.GetValueOrDefault(trader) + 1; }
        return true;
    }

    /// <summary>It makes room once all handed before it is acknowledged too: what comes again comes from the first that is not.</summary>
    public void Acknowledged(ulong mark)
    {
        if (!_byMark.Remove(mark, out var handed)) { return; }
        handed.IsAcknowledged = true;
        while (_handed.TryPeek(out var first) && first.IsAcknowledged) { Forget(_handed.Dequeue()); }
    }

    /// <summary>All with this mark or a smaller one are acknowledged.</summary>
    public void AcknowledgedUpTo(ulong mark)
    {
        while (_handed.TryPeek(out var first) && first.Mark <= mark) { Forget(_handed.Dequeue()); }
    }

    /// <summary>All was handed back.</summary>
    public void Clear()
    {
        _handed.Clear();
        _byMark.Clear();
        _commands.Clear();
    }

    private bool HasRoomFor(IEnumerable<TraderKey> traders) => traders
        .CountBy(trader => trader)
        .All(of => _commands.GetValueOrDefault(of.Key) + of.Value <= most);

    private void Forget(Handed handed)
    {
        _byMark.Remove(handed.Mark);
        foreach (var trader in handed.Traders)
        {
            if (--_commands[trader] == 0) { _commands.Remove(trader); }
        }
    }

    private sealed class Handed(ulong mark, IReadOnlyCollection<TraderKey> traders)
    {
        public ulong Mark => mark;

        public IReadOnlyCollection<TraderKey> Traders => traders;

        public bool IsAcknowledged { get; set; }
    }
}
