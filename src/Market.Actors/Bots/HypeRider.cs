using System.Collections.Immutable;
using Market.Actors.Chance;
using Market.Protocol.Messages;
using Market.Protocol.Values;

namespace Market.Actors.Bots;

/// <summary>
/// Moves the price by talk: gloom, then buys what became cheap; cheer, then sells into the hype, at the latest when the bubble
/// bursts; and when that brought a gain, feeds monkeys with it. It does not blow up what is mostly hype, nor talk down what is cheap
/// already, and begins at a moment of its own, so that a crowd of its kind drives the price neither to the sky nor to the ground.
/// </summary>
public sealed class HypeRider(ChanceStream chance) : IBot
{
    /// <summary>One cheer in so many says the market's own word, which is worth a coin.</summary>
    private const int CheersPerHashtag = 12;
    private const long Stock = 2;
    private const long SharesPerMonkey = 20;
    private const long SharesWorthAMeal = 8;
    private const long TicksUntilCheap = 2;
    private const long TicksOfPatience = 8;
    private const int MostTicksOfRest = 20;
    private const double WantedRise = 1.05;
    private const double CheapEnough = -0.25;
    private static readonly Coins Pocket = Coins.Whole(1);

    private Dice _dice = new(chance);
    private Mood _mood;
    private long _until;
    private Coins _boughtAt;

    private enum Mood : byte
    {
        Waking,
        Resting,
        Gloomy,
        Buying,
        Cheering,
        Selling,
    }

    public void Priced(in PriceTick tick, IDesk desk)
    {
        if (_mood is Mood.Waking) { Rest(tick.Seq); }
        switch (_mood)
        {
            case Mood.Resting when tick.Seq >= _until: Turn(Mood.Gloomy, tick.Seq); break;
            case Mood.Gloomy when IsTalkedDown(tick) || desk.Gibb(One(HypeTexts.Gloom)): Turn(Mood.Buying, tick.Seq + TicksUntilCheap); break;
            case Mood.Buying when tick.Seq >= _until: Buy(tick, desk); break;
            case Mood.Cheering when IsBlownUp(tick) || desk.Gibb(Cheer()): Turn(Mood.Selling, tick.Seq + TicksOfPatience); break;
            case Mood.Selling when tick.Bursting || tick.Seq >= _until || HasRisen(tick): Sell(tick, desk); break;
        }
    }

    public void Told(in Result result, IDesk desk)
    {
    }

    private void Buy(in PriceTick tick, IDesk desk)
    {
        desk.Buy(desk.Affordable(tick.Price, Pocket));
        _boughtAt = tick.Price;
        Turn(Mood.Cheering, tick.Seq);
    }

    private void Sell(in PriceTick tick, IDesk desk)
    {
        var shares = desk.FreeShares;
        if (shares >= SharesWorthAMeal && HasRisen(tick)) { desk.Feed(Math.Max(1, shares / SharesPerMonkey)); }
        desk.Sell(desk.Sellable(Stock));
        Rest(tick.Seq);
    }

    private void Rest(long seq) => Turn(Mood.Resting, seq + _dice.Below(MostTicksOfRest));

    private bool HasRisen(in PriceTick tick) => tick.Price.ToDouble() >= _boughtAt.ToDouble() * WantedRise;

    private static bool IsTalkedDown(in PriceTick tick) => tick.Hype.ToDouble() < tick.Base * CheapEnough;

    private static bool IsBlownUp(in PriceTick tick) => tick.Hype.ToDouble() > tick.Base;

    private void Turn(Mood mood, long until) => (_mood, _until) = (mood, until);

    private string Cheer() => _dice.Below(CheersPerHashtag) == 0 ? HypeTexts.Hashtag : One(HypeTexts.Cheer);

    private string One(ImmutableArray<string> texts) => texts[_dice.Below(texts.Length)];
}
