using Market.Actors.Chance;
using Market.Protocol.Messages;
using Market.Protocol.Values;

namespace Market.Actors.Bots;

/// <summary>Lets the dice decide, every tick: to buy, to sell, to feed, to plant any part of what it has, or, mostly, to let it be.</summary>
public sealed class Gambler(ChanceStream chance) : IBot
{
    private const int MostShares = 4;
    private const long Stock = 4;
    private static readonly Coins Pocket = Coins.Whole(1);
    private static readonly Coins SmallestStake = Coins.Whole(1);

    private Dice _dice = new(chance);

    public void Priced(in PriceTick tick, IDesk desk)
    {
        var some = 1 + _dice.Below(MostShares);
        switch (_dice.Below(20))
        {
            case < 4: desk.Buy(Math.Min(some, desk.Affordable(tick.Price, Pocket))); break;
            case < 6: desk.Sell(Math.Min(some, desk.Sellable(1))); break;
            case < 8: desk.Feed(Math.Min(some, desk.Feedable(Stock))); break;
            case < 13: Plant(desk); break;
        }
    }

    public void Told(in Result result, IDesk desk)
    {
    }

    private void Plant(IDesk desk)
    {
        var stake = new Coins((long)(_dice.Uniform() * desk.Above(Pocket).Micro));
        if (stake >= SmallestStake) { desk.Invest(stake); }
    }
}
