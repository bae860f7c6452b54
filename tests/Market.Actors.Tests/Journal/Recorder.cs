using Market.Protocol.Messages;
using Market.Protocol.Values;
using Market.Protocol.Wire;

namespace Market.Actors.Tests.Journal;

/// <summary>Writes down what a replay hands out.</summary>
internal sealed class Recorder : IEventFold
{
    public List<string> Events { get; } = [];

    public void On(int slot, in TraderEvent happened, ReadOnlySpan<char> txnId, Timestamp time) => Events.Add($"{time} {slot} {happened} {txnId}");

    public void On(MarketEvent happened, Timestamp time) => Events.Add($"{time} {happened}");
}
