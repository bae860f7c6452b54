using System.Globalization;
using Market.Protocol.Values;

namespace Market.Actors.Bots;

/// <summary>Names the commands of one trader, or of many, by their number.</summary>
public interface ITxnIds
{
    /// <summary>The txnId of a trader's command; the same number gives the same text, another number another.</summary>
    /// <param name="number">From 1.</param>
    string Of(long number);
}

/// <summary>
/// <c>name-start-number</c>: the number tells commands of one start apart, the start those of different ones, so that no txnId ever means
/// two commands.
/// </summary>
internal sealed class TxnIdsOfStart(TraderKey trader, string start) : ITxnIds
{
    private readonly string _prefix = $"{trader.Name}-{start}-";

    public string Of(long number) => string.Create(CultureInfo.InvariantCulture, $"{_prefix}{number}");
}
