using Market.Protocol.Messages;
using Market.Protocol.Values;
using Market.Protocol.Wire;

namespace Market.Protocol.Tests.Wire;

/// <summary>An event of a trader, with what travels beside it.</summary>
public sealed record TraderFact(int Slot, TraderEvent Happened, string TxnId);

/// <summary>Keeps what it is handed, in order.</summary>
public sealed class RecordingFold : IEventFold
{
    public List<object> Events { get; } = [];

    public List<Timestamp> Times { get; } = [];

    public void On(int slot, in TraderEvent happened, ReadOnlySpan<char> txnId, Timestamp time)
    {
        Events.Add(new TraderFact(slot, happened, txnId.ToString()));
        Times.Add(time);
    }

    public void On(MarketEvent happened, Timestamp time)
    {
        Events.Add(happened);
        Times.Add(time);
    }
}
