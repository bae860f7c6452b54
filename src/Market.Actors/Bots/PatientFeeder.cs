using Market.Protocol.Messages;
using Market.Protocol.Values;

namespace Market.Actors.Bots;

/// <summary>
/// Lives on its income: a thirtieth of whatever comes home from the plantation buys shares, when they are no dearer than their moving
/// average, and the rest is planted again. Feeds one monkey every few ticks, come what may.
/// </summary>
public sealed class PatientFeeder : IBot
{
    private const long TicksBetweenMeals = 4;
    private const long Spent = 30;
    private static readonly Coins Pocket = Coins.Whole(2);
    private static readonly Coins SmallestPlanting = Coins.Whole(1);

    private long _feedAt;
    private Coins _toSpend;

    public void Priced(in PriceTick tick, IDesk desk)
    {
        if (tick.Seq >= _feedAt && desk.Feed(Math.Min(1, desk.Feedable(1)))) { _feedAt = tick.Seq + TicksBetweenMeals; }
        if (tick.Forecast >= 1 && _toSpend >= tick.Price && desk.Buy(Math.Min(1, desk.Affordable(tick.Price, Coins.Zero)))) { _toSpend -= tick.Price; }
        var spare = desk.Above(Pocket + _toSpend);
        if (spare >= SmallestPlanting) { desk.Invest(spare); }
    }

    public void Told(in Result result, IDesk desk)
    {
        if (result is { Type: ResultType.Return, Amount: { } home }) { _toSpend += new Coins(home.Micro / Spent); }
    }
}
