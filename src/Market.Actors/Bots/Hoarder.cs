using Market.Protocol.Messages;
using Market.Protocol.Values;

namespace Market.Actors.Bots;

/// <summary>Buys whenever it can and parts with a banana only on feast days.</summary>
public sealed class Hoarder : IBot
{
    private const int TicksBetweenFeasts = 25;

    public void Priced(in PriceTick tick, IDesk desk)
    {
        var state = desk.State;
        if (state.Coins > tick.Price + Coins.Whole(4)) { desk.Buy(1); }
        if (tick.Seq % TicksBetweenFeasts == 0 && state.Shares > 3) { desk.Feed(state.Shares / 3); }
        if (state.Shares > 8 && state.InFlightInvestments == 0) { desk.Sell(2); }
    }

    public void Told(in Result result, IDesk desk)
    {
    }
}
