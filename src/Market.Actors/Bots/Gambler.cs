using Market.Actors.Chance;
using Market.Protocol.Messages;
using Market.Protocol.Values;

namespace Market.Actors.Bots;

/// <summary>Throws a die each tick and does what it says, as far as it has the means.</summary>
public sealed class Gambler(ChanceStream chance) : IBot
{
    public void Priced(in PriceTick tick, IDesk desk)
    {
        var state = desk.State;
        switch (chance.Bits(tick.Seq) % 6)
        {
            case 0 when state.Coins > tick.Price + tick.Price: desk.Buy(2); break;
            case 1 when state.Shares > 3: desk.Sell(1); break;
            case 2 when state.Shares > 2: desk.Feed(1); break;
            case 3 when state.Coins > Coins.Whole(5): desk.Invest(Coins.Whole(1)); break;
        }
    }

    public void Told(in Result result, IDesk desk)
    {
    }
}
