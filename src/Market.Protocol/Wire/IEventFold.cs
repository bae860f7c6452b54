using Market.Protocol.Messages;
using Market.Protocol.Values;

namespace Market.Protocol.Wire;

/// <summary>
/// Something that is a function of events: a shard's state, a view, a check. The same calls in the same order give the same result.
/// </summary>
public interface IEventFold
{
    /// <param name="slot">The trader's number within its shard.</param>
    /// <param name="txnId">Valid during the call only.</param>
    void On(int slot, in TraderEvent happened, ReadOnlySpan<char> txnId, Timestamp time);

    void On(MarketEvent happened, Timestamp time);
}
