using Market.Protocol.Messages;
using Market.Protocol.Values;

namespace Market.Actors.Bots;

/// <summary>Plays the plantation and the forecast together: three shares on a clear rise, a meal for each gain, and never down to its last coins.</summary>
public sealed class Champion : IBot
{
    public void Priced(in PriceTick tick, IDesk desk)
    {
        var state = desk.State;
        tick.Price.TryTimes(4, out var reserve);
        if (tick.Forecast > 1.002 && state.Coins > reserve + Coins.Whole(2)) { desk.Buy(3); }
        else if (state.Shares > 6) { desk.Feed(2); }
        else if (tick.Forecast < 0.99 && state.Shares > 5) { desk.Sell(1); }
        if (state.InFlightInvestments == 0 && state.Coins > reserve + Coins.Whole(3)) { desk.Invest(state.Coins - reserve - Coins.Whole(2)); }
    }

    public void Told(in Result result, IDesk desk)
    {
    }
}
