using Market.Protocol.Messages;
using Market.Protocol.Values;

namespace Market.Actors.Audit;

/// <summary>
/// What one trader did, summed up from the events alone and by the plainest arithmetic, to hold against the state that the actors folded.
/// </summary>
internal struct Ledger
{
    private Int128 _bought;
    private Int128 _sold;
    private Int128 _invested;
    private Int128 _returned;
    private long _sharesBought;
    private long _sharesSold;
    private long _fed;
    private int _bailouts;
    private int _inFlight;

    public void Enter(in TraderEvent happened)
    {
        var cost = (Int128)happened.Price.Micro * happened.Amount;
        switch (happened.Type)
        {
            case TraderEventType.Bought: _bought += cost; _sharesBought += happened.Amount; break;
            case TraderEventType.Sold: _sold += cost; _sharesSold += happened.Amount; break;
            case TraderEventType.Invested: _invested += happened.Amount; _inFlight++; break;
            case TraderEventType.Returned: _returned += happened.Amount; _inFlight--; break;
            case TraderEventType.Fed: _fed += happened.Amount; break;
        }
        if (happened.BailedOut) { _bailouts++; }
    }

    /// <summary>coins = 10 + 10·bailouts − bought + sold − invested + returned, to the micro-coin.</summary>
    public readonly bool CoinsAgree(in TraderState state) =>
        state.Coins.Micro == (Coins.MicroPerCoin * 10 * (1 + (Int128)_bailouts)) - _bought + _sold - _invested + _returned;

    /// <summary>shares = 5 + 5·bailouts + bought − sold − fed; and what else is counted agrees too.</summary>
    public readonly bool SharesAgree(in TraderState state) =>
        state.Shares == 5 + (5L * _bailouts) + _sharesBought - _sharesSold - _fed
        && state.FedMonkeys == _fed && state.Bailouts == _bailouts && state.InFlightInvestments == _inFlight;
}
