using Market.Protocol.Messages;
using Market.Protocol.Values;

namespace Market.Actors.Bots;

/// <summary>
/// The original's sample trader: buys a share when the forecast is above 1 and sells one otherwise, plants all but a coin now and then,
/// and feeds one monkey at the start and never again: improving it is the player's job. Unlike the original it looks at what it owns.
/// </summary>
public sealed class FollowForecast : IBot
{
    private const long TicksBetweenPlantings = 10;
    private static readonly Coins Pocket = Coins.Whole(1);

    private bool _fed;
    private long _plantAt;

    public void Priced(in PriceTick tick, IDesk desk)
    {
        _fed = _fed || desk.State.FedMonkeys > 0 || desk.Feed(Math.Min(1, desk.Feedable(0)));
        if (tick.Forecast > 1) { desk.Buy(Math.Min(1, desk.Affordable(tick.Price, Coins.Zero))); }
        else { desk.Sell(Math.Min(1, desk.Sellable(0))); }
        if (tick.Seq >= _plantAt && desk.Invest(desk.Above(Pocket))) { _plantAt = tick.Seq + TicksBetweenPlantings; }
    }

    public void Told(in Result result, IDesk desk)
    {
    }
}
