using Market.Protocol.Values;

namespace Market.Protocol.Messages;

/// <summary>What happened to a trader. The numbers are journaled.</summary>
public enum TraderEventType : byte
{
    Bought = 0x10,
    Sold = 0x11,
    Invested = 0x12,
    Fed = 0x13,

    /// <summary>A command was answered with a refusal, which is remembered like any answer; nothing else changed.</summary>
    Refused = 0x14,

    /// <summary>An investment came home.</summary>
    Returned = 0x15,
}

/// <summary>
/// One fact of a trader's life. Its txnId travels beside it, because a replay never needs it as a string.
/// </summary>
/// <param name="Type">What happened.</param>
/// <param name="Command">The command's type; the kind of <see cref="TraderEventType.Refused"/>, implied by the others.</param>
/// <param name="Amount">Shares, monkeys or micro-coins of the command; micro-coins that came home.</param>
/// <param name="Price">The price an order was decided at; zero when none was needed.</param>
/// <param name="Status">Accepted, or why it was refused.</param>
/// <param name="BailedOut">The state after it was so poor that the market helped, in the same step.</param>
/// <param name="SentAt">The trader's own clock.</param>
public readonly record struct TraderEvent(
    TraderEventType Type, CommandType Command, long Amount, Coins Price, Status Status, bool BailedOut, Timestamp? SentAt)
{
    public bool IsAnswer => Type is not TraderEventType.Returned;

    /// <summary>Whether the answer says a price: orders do, whatever became of them.</summary>
    public bool HasPrice => IsAnswer && Command is CommandType.Buy or CommandType.Sell;
}
