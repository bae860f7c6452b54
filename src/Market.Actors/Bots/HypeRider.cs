using System.Collections.Immutable;
using Market.Actors.Chance;
using Market.Protocol.Messages;
using Market.Protocol.Values;

namespace Market.Actors.Bots;

/// <summary>
/// Moves the price by talk: gloom, then buys what became cheap; cheer, then sells into the hype, at the latest when the bubble
/// bursts; and when that brought a gain, feeds monkeys with it. Where hype has outgrown the share itself, it does not blow it up further, so that
/// a crowd of its kind does not drive the price to the sky.
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
    private const double WantedRise = 1.05;
    private static readonly Coins Pocket = Coins.Whole(1);

    private Dice _dice = new(chance);
    private Mood _mood;
    private long _until;
    private Coins _boughtAt;

    private enum Mood : byte
    {
        Gloomy,
        Buying,
        Cheering,
        Selling,
    }

    public void Priced(in PriceTick tick, IDesk desk)
    {
        switch (_mood)
        {
            case Mood.Gloomy when desk.Gibb(One(HypeTexts.Gloom)): Turn(Mood.Buying, tick.Seq + TicksUntilCheap); break;
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
        Turn(Mood.Gloomy, tick.Seq);
    }

    private bool HasRisen(in PriceTick tick) => tick.Price.ToDouble() >= _boughtAt.ToDouble() * WantedRise;

    private static bool IsBlownUp(in PriceTick tick) => tick.Hype.ToDouble() > tick.Base;

    private void Turn(Mood mood, long until) => (_mood, _until) = (mood, until);

    private string Cheer() => _dice.Below(CheersPerHashtag) == 0 ? HypeTexts.Hashtag : One(HypeTexts.Cheer);

    private string One(ImmutableArray<string> texts) => texts[_dice.Below(texts.Length)];
}
