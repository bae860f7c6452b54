using Market.Protocol.Messages;
using Market.Protocol.Values;

namespace Market.Actors.Bots;

/// <summary>Lives by the plantation and feeds with what it brings: one monkey at a time, and never its last share.</summary>
public sealed class PatientFeeder : IBot
{
    private const int TicksBetweenMeals = 6;

    public void Priced(in PriceTick tick, IDesk desk)
    {
        var state = desk.State;
        if (tick.Seq % TicksBetweenMeals == 0 && state.Shares > 2) { desk.Feed(1); }
        if (state.Shares < 5 && state.Coins > tick.Price + Coins.Whole(5)) { desk.Buy(1); }
        if (state.InFlightInvestments == 0 && state.Coins > Coins.Whole(6)) { desk.Invest(state.Coins - Coins.Whole(5)); }
    }

    public void Told(in Result result, IDesk desk)
    {
    }
}
