using Market.Protocol.Messages;
using Market.Protocol.Values;

namespace Market.Actors.Traders;

/// <summary>A remembered answer: enough to give it again, and to tell the same command from another under the same txnId.</summary>
/// <param name="IdCheck">The second half of the txnId's hash; the first finds the place.</param>
public readonly record struct RememberedAnswer(
    ulong IdCheck, CommandType Command, Status Status, long Amount, Coins Price, TraderState State);

/// <summary>
/// The last answers of one trader, oldest forgotten first. Grows by doubling up to its bound, so that a quiet trader costs little.
/// A txnId is known by 128 bits of its hash; a trader that finds two with the same hash can only deceive itself.
/// </summary>
public sealed class AnswerRing(int capacity)
{
    private const int SmallestSize = 4;

    // The top bits of each id stand apart: the search for one runs over nothing else, many at a time.
    private ushort[] _marks = new ushort[Math.Min(SmallestSize, capacity)];
    private ulong[] _ids = new ulong[Math.Min(SmallestSize, capacity)];
    private RememberedAnswer[] _answers = new RememberedAnswer[Math.Min(SmallestSize, capacity)];
    private int _next;

    /// <summary>How many are remembered.</summary>
    public int Count { get; private set; }

    public void Remember(ulong id, in RememberedAnswer answer)
    {
        if (Count == _ids.Length && Count < capacity) { Grow(); }
        _marks[_next] = Mark(id);
        _ids[_next] = id;
        _answers[_next] = answer;
        _next = _next + 1 == _ids.Length ? 0 : _next + 1;
        Count = Math.Min(Count + 1, _ids.Length);
    }

    public bool TryFind(ulong id, ulong idCheck, out RememberedAnswer answer)
    {
        var from = 0;
        while (from < Count)
        {
            var found = _marks.AsSpan(from, Count - from).IndexOf(Mark(id));
            if (found < 0) { break; }
            var place = from + found;
            answer = _answers[place];
            if (_ids[place] == id && answer.IdCheck == idCheck) { return true; }
            from = place + 1;
        }
        answer = default;
        return false;
    }

    /// <summary>Number <paramref name="index"/>, 0 the oldest.</summary>
    public (ulong Id, RememberedAnswer Answer) At(int index)
    {
        var oldest = Count < _ids.Length ? 0 : _next;
        var place = (oldest + index) % _ids.Length;
        return (_ids[place], _answers[place]);
    }

    private static ushort Mark(ulong id) => (ushort)(id >> 48);

    /// <summary>Only ever called when full, when the oldest stands at <c>_next</c>.</summary>
    private void Grow()
    {
        var size = Math.Min(_ids.Length * 2, capacity);
        var (marks, ids, answers) = (new ushort[size], new ulong[size], new RememberedAnswer[size]);
        for (var i = 0; i < Count; i++)
        {
            (ids[i], answers[i]) = At(i);
            marks[i] = Mark(ids[i]);
        }
        (_marks, _ids, _answers, _next) = (marks, ids, answers, Count);
    }
}
