using Market.Actors.Answers;
using Market.Protocol.Messages;
using Market.Protocol.Values;

namespace Market.Actors.Runtime;

/// <summary>
/// The last requests that changed something in a shard, by their ids, and what each did: a request that comes again, because nobody knows whether it
/// was answered, gets its first answer and does nothing. A fold of the shard's journal; oldest forgotten first.
/// </summary>
public sealed class AnsweredRequests
{
    /// <summary>Ten times as many as a queue hands out before one is acknowledged.</summary>
    public const int Remembered = 1_024;

    private readonly Queue<ulong> _order = new();
    private readonly Dictionary<ulong, (Timestamp Time, MarketEvent Did)> _byId = [];

    public int Count => _order.Count;

    public bool Holds(ulong id) => _byId.ContainsKey(id);

    /// <summary>Oldest first.</summary>
    public IEnumerable<(ulong Id, Timestamp Time, MarketEvent Did)> InOrder() => _order.Select(id => (id, _byId[id].Time, _byId[id].Did));

    /// <exception cref="InvariantBrokenException">No request does this, or one with this id did something before.</exception>
    public void Add(ulong id, MarketEvent? did, Timestamp time)
    {
        Invariant.Require(did is TraderJoined or GibbPosted or MarketOpened or MarketMoved, "A request is answered by what was done for it.");
        Invariant.Require(_byId.TryAdd(id, (time, did!)), "A request is done once.");
        _order.Enqueue(id);
        if (_order.Count > Remembered) { _byId.Remove(_order.Dequeue()); }
    }

    /// <summary>Answers a request that was answered before as it was then.</summary>
    /// <returns>False when it was not, or changed nothing, or was forgotten since.</returns>
    public bool TryAnswerAgain(Request request, Outbound outbound)
    {
        if (!_byId.TryGetValue(request.Id, out var first)) { return false; }
        switch (request, first.Did)
        {
            case (JoinTrader join, TraderJoined): outbound.Reply(join, new Joined(Taken: false, TraderState.Initial(first.Time))); break;
            case (PostGibb post, GibbPosted did): outbound.Reply(post, did.Gibb); break;
            case (OpenMarket open, MarketOpened): outbound.Reply(open, new Moved(Done: true, MarketStatus.Open)); break;
            case (MoveMarket move, MarketMoved did): outbound.Reply(move, new Moved(Done: true, did.Status)); break;
            default: throw new ArgumentException($"A {request.GetType().Name} has the id of another request, which did {first.Did.GetType().Name}.");
        }
        return true;
    }
}
