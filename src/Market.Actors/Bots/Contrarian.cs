using Market.Protocol.Messages;
using Market.Protocol.Values;

namespace Market.Actors.Bots;

/// <summary>
/// Takes the forecast for wrong: buys two shares when a fall is expected and sells one when a rise is. A full larder goes to the
/// monkeys, three at a time; idle coins go to the plantation.
/// </summary>
public sealed class Contrarian : IBot
{
    private const long FullLarder = 6;
    private const long Meal = 3;
    private const long Stock = 3;
    private const long TicksBetweenPlantings = 15;
    private static readonly Coins Pocket = Coins.Whole(4);
    private static readonly Coins Idle = Coins.Whole(6);

    private long _plantAt;

    public void Priced(in PriceTick tick, IDesk desk)
    {
        if (desk.FreeShares > FullLarder) { desk.Feed(Math.Min(Meal, desk.Feedable(Stock))); }
        else if (tick.Forecast < 1) { desk.Buy(Math.Min(2, desk.Affordable(tick.Price, Pocket))); }
        else if (tick.Forecast > 1) { desk.Sell(Math.Min(1, desk.Sellable(Stock))); }
        if (tick.Seq >= _plantAt && desk.FreeCoins > Idle && desk.Invest(desk.Above(Pocket))) { _plantAt = tick.Seq + TicksBetweenPlantings; }
    }

    public void Told(in Result result, IDesk desk)
    {
    }
}
