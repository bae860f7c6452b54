using Market.Protocol.Values;

namespace Market.Actors.Bots;

/// <summary>
/// What a bot acts by: its trader's state, and the commands. The desk makes the txnIds, sends a command again when it must, and keeps
/// account of what is not answered yet. Each command says whether it was sent; what becomes of it is told later, or was never sent.
/// </summary>
/// <remarks>
/// A command is not sent, and false is the answer, when its amount is under 1 (so that nothing need be asked for nothing), while
/// <see cref="Desk.MaxUnanswered"/> wait for answers, while the market is not running, and when it has too much to do. Nothing else
/// is held back: what the trader cannot afford is sent, and refused by the market.
/// </remarks>
public interface IDesk
{
    /// <summary>The trader, as the market last said.</summary>
    TraderState State { get; }

    /// <summary>The trader's coins less what unanswered commands may cost, orders at the last price told; never negative.</summary>
    Coins FreeCoins { get; }

    /// <summary>The trader's shares less what unanswered commands may take; never negative.</summary>
    long FreeShares { get; }

    /// <summary>Most shares in one BUY or SELL; a larger order is refused by the market.</summary>
    long LargestOrder { get; }

    /// <summary>Commands that wait for their answers.</summary>
    int Unanswered { get; }

    bool Buy(long shares);

    bool Sell(long shares);

    /// <summary>Plants coins, at least one micro-coin.</summary>
    bool Invest(Coins coins);

    /// <summary>Feeds monkeys, a share each.</summary>
    bool Feed(long monkeys);

    /// <summary>
    /// Posts on Gibber in the trader's name. Not answered. Not sent within <see cref="Desk.GibbGapMs"/> of the last one, as more would not
    /// be counted anyway, nor when the text is empty or longer than a gibb may be.
    /// </summary>
    bool Gibb(string text);
}
