using Market.Actors.Chance;
using Market.Protocol.Messages;
using Market.Protocol.Values;

namespace Market.Actors.Bots;

/// <summary>Buys what everybody is told to sell and the other way round; grumbles about it; feeds when it has plenty.</summary>
public sealed class Contrarian(ChanceStream chance) : IBot
{
    private const double GrumblesPerTick = 0.02;

    public void Priced(in PriceTick tick, IDesk desk)
    {
        var state = desk.State;
        if (tick.Forecast < 1 && state.Coins > tick.Price + Coins.Whole(3)) { desk.Buy(1); }
        else if (tick.Forecast > 1 && state.Shares > 4) { desk.Sell(1); }
        if (state.Shares >= 7) { desk.Feed(2); }
        if (chance.Uniform(tick.Seq) < GrumblesPerTick) { desk.Gibb("this banana is a bubble, sell"); }
    }

    public void Told(in Result result, IDesk desk)
    {
    }
}
