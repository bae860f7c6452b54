using Market.Protocol.Values;

namespace Market.Protocol.Messages;

/// <summary>What a trader can do. The numbers are journaled.</summary>
public enum CommandType : byte
{
    Buy = 1,
    Sell = 2,
    Invest = 3,
    Feed = 4,
}

/// <summary>A command of a trader, well formed: the fields were checked when it was read.</summary>
/// <param name="Type">What to do.</param>
/// <param name="TxnId">Chosen by the trader, 1–128 characters; the same id is never acted on twice.</param>
/// <param name="Amount">Shares to buy or sell, monkeys to feed (at least 1), or micro-coins to invest (above 0).</param>
/// <param name="SentAt">The trader's own clock; null when it did not say.</param>
public readonly record struct TraderCommand(CommandType Type, string TxnId, long Amount, Timestamp? SentAt = null)
{
    /// <summary>Longest txnId, in UTF-16 code units.</summary>
    public const int MaxTxnIdLength = 128;

    public static TraderCommand Buy(string txnId, long shares) => new(CommandType.Buy, txnId, shares);

    public static TraderCommand Sell(string txnId, long shares) => new(CommandType.Sell, txnId, shares);

    public static TraderCommand Invest(string txnId, Coins coins) => new(CommandType.Invest, txnId, coins.Micro);

    public static TraderCommand Feed(string txnId, long monkeys) => new(CommandType.Feed, txnId, monkeys);
}
