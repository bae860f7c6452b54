using Market.Protocol.Messages;
using Market.Protocol.Values;

namespace Market.Actors.Bots;

/// <summary>
/// The champion of the Flink original, rule by rule: one monkey at the start; buys while all forecasts are above 1, sells while all
/// are below; when rich it also plants and feeds; when poor it sells two shares. Its "all forecasts" are the last three, not all there
/// ever were, of which soon neither is true; and one of its rules at a time, the first that can be followed.
/// </summary>
public sealed class Champion : IBot
{
    private const int Memory = 3;
    private const long Rich = 10;
    private static readonly Coins Poor = Coins.Whole(5);

    private bool _fed;
    private int _rises;
    private int _falls;

    public void Priced(in PriceTick tick, IDesk desk)
    {
        _fed = _fed || desk.State.FedMonkeys > 0 || desk.Feed(Math.Min(1, desk.Feedable(0)));
        _rises = tick.Forecast > 1 ? _rises + 1 : 0;
        _falls = tick.Forecast < 1 ? _falls + 1 : 0;
        var rich = tick.Price.TryTimes(Rich, out var ten) && desk.FreeCoins > ten;
        if (_rises >= Memory && rich) { Expand(tick.Price, desk); }
        else if (_falls >= Memory && rich) { Enjoy(tick.Price, desk); }
        else if (desk.FreeCoins < Poor && desk.FreeShares >= 2) { desk.Sell(2); }
        else if (_rises >= Memory) { desk.Buy(Math.Min(1, desk.Affordable(tick.Price, Poor))); }
        else if (_falls >= Memory) { desk.Sell(Math.Min(1, desk.Sellable(2))); }
    }

    public void Told(in Result result, IDesk desk)
    {
    }

    private static void Expand(Coins price, IDesk desk)
    {
        desk.Feed(Math.Min(1, desk.Feedable(0)));
        desk.Buy(Math.Min(3, desk.Affordable(price, Poor)));
        Plant(3, price, desk);
    }

    private static void Enjoy(Coins price, IDesk desk)
    {
        desk.Feed(Math.Min(3, desk.Feedable(0)));
        Plant(1, price, desk);
    }

    /// <summary>Plants so many times the price.</summary>
    private static void Plant(long times, Coins price, IDesk desk)
    {
        if (price.TryTimes(times, out var coins) && coins <= desk.Above(Poor)) { desk.Invest(coins); }
    }
}
