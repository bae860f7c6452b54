using Market.Actors.Answers;
using Market.Protocol.Messages;
using Market.Protocol.Values;

namespace Market.Actors.Cluster;

/// <summary>
/// Where a door keeps the addresses of the answers it waits for: each gets a ticket, which goes to the shard and comes back. A ticket is good
/// once; one that comes again, or too late, is nobody's. Bounded. Safe for many threads.
/// </summary>
/// <param name="capacity">Most answers waited for; a power of two, default 65,536, 32 bytes each.</param>
public sealed class DoorDesk(int capacity = 65_536)
{
    private readonly Lock _gate = new();
    private readonly Place[] _places = new Place[capacity];
    private readonly Stack<int> _free = new(Enumerable.Range(0, capacity).Reverse());

    /// <summary>Answers waited for.</summary>
    public int Waiting
    {
        get { lock (_gate) { return capacity - _free.Count; } }
    }

    /// <summary>A ticket for a command.</summary>
    /// <returns>False when too many are out already.</returns>
    public bool TryOpen(IAnswerTo<Result>? to, long tag, Timestamp now, out long ticket) => TryOpen(to, tag, now, out ticket, out _);

    /// <summary>A ticket for a request.</summary>
    public bool TryOpen(Request request, Timestamp now, out long ticket) => TryOpen(request, 0, now, out ticket, out _);

    public void Answer(long ticket, in Result result)
    {
        if (Close(ticket) is { } place) { ((IAnswerTo<Result>?)place.To)?.Answer(place.Tag, result); }
    }

    public void Answer<TAnswer>(long ticket, in TAnswer answer)
    {
        if (Close(ticket)?.To is Request<TAnswer> request) { request.AnswerTo.Answer(request.Tag, answer); }
    }

    public void Fail(long ticket, Failure failure)
    {
        if (Close(ticket) is { } place) { Fail(place, failure); }
    }

    /// <summary>Gives up on those that were opened before <paramref name="time"/>: perhaps done, perhaps not.</summary>
    /// <returns>How many there were.</returns>
    public int FailOlderThan(Timestamp time, Failure failure)
    {
        var given = 0;
        for (var index = 0; index < capacity; index++)
        {
            Place place;
            lock (_gate)
            {
                place = _places[index];
                if (!place.IsOpen || place.Opened >= time) { continue; }
                Free(index);
            }
            Fail(place, failure);
            given++;
        }
        return given;
    }

    private static void Fail(in Place place, Failure failure)
    {
        if (place.To is Request request) { request.Fail(failure); }
        else { ((IAnswerTo<Result>?)place.To)?.Fail(place.Tag, failure); }
    }

    private bool TryOpen(object? to, long tag, Timestamp now, out long ticket, out int index)
    {
        lock (_gate)
        {
            ticket = 0;
            if (!_free.TryPop(out index)) { return false; }
            ref var place = ref _places[index];
            place = new Place(to, tag, now, place.Uses + 1, IsOpen: true);
            ticket = (place.Uses * capacity) + index;
            return true;
        }
    }

    private Place? Close(long ticket)
    {
        lock (_gate)
        {
            var index = (int)(ticket & (capacity - 1));
            var place = _places[index];
            if (!place.IsOpen || place.Uses != ticket / capacity) { return null; }
            Free(index);
            return place;
        }
    }

    private void Free(int index)
    {
        _places[index] = new Place(null, 0, default, _places[index].Uses, IsOpen: false);
        _free.Push(index);
    }

    private readonly record struct Place(object? To, long Tag, Timestamp Opened, long Uses, bool IsOpen);
}
