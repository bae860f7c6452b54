using System.Globalization;
using Market.Actors.Bots;

namespace Market.Actors.Laboratory;

/// <summary>
/// A command's number as its txnId: two traders may use the same one, and a laboratory's market has one start only. The texts are
/// made once for all traders of a pit, so that a command costs no memory.
/// </summary>
internal sealed class NumberTxnIds : ITxnIds
{
    /// <summary>Most texts kept: 3 MiB of them; later numbers are written each time.</summary>
    private const int MostKept = 65_536;

    private readonly List<string> _texts = [];

    public string Of(long number)
    {
        if (number > MostKept) { return Text(number); }
        while (_texts.Count < number) { _texts.Add(Text(_texts.Count + 1)); }
        return _texts[(int)number - 1];
    }

    private static string Text(long number) => number.ToString(CultureInfo.InvariantCulture);
}
