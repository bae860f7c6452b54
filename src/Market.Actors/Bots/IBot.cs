using Market.Protocol.Messages;
using Market.Protocol.Values;

namespace Market.Actors.Bots;

/// <summary>
/// A trader's mind: told prices and what became of its own trader, it answers with orders. Called by one thread at a time. It sees no wire, no
/// clock and no chance but what it was given, so the same bot plays at home, on a node and in a laboratory.
/// </summary>
public interface IBot
{
    /// <summary>A tick: the time to act.</summary>
    void Priced(in PriceTick tick, IDesk desk);

    /// <summary>An answer to one of its orders, or news it did not ask for; the desk's state is already the one after it.</summary>
    void Told(in Result result, IDesk desk);
}

/// <summary>What a bot acts through. Orders are sent, not done: what became of them comes as a result.</summary>
public interface IDesk
{
    /// <summary>The trader as last heard of.</summary>
    TraderState State { get; }

    /// <param name="shares">At least 1.</param>
    void Buy(long shares);

    /// <param name="shares">At least 1.</param>
    void Sell(long shares);

    /// <param name="coins">Above 0.</param>
    void Invest(Coins coins);

    /// <param name="monkeys">At least 1.</param>
    void Feed(long monkeys);

    /// <summary>Says something on Gibber in the trader's name.</summary>
    void Gibb(string text);
}
