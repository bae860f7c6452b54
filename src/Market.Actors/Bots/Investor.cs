using Market.Protocol.Messages;
using Market.Protocol.Values;

namespace Market.Actors.Bots;

/// <summary>
/// Keeps its coins growing in the plantation, one planting at a time. Half of every gain is planted again, the other half buys
/// shares, and these feed monkeys. It never touches the five shares it began with.
/// </summary>
public sealed class Investor : IBot
{
    private const long Stock = 5;
    private static readonly Coins Pocket = Coins.Whole(2);
    private static readonly Coins SmallestPlanting = Coins.Whole(1);

    private Coins _planted;
    private Coins _toSpend;

    public void Priced(in PriceTick tick, IDesk desk)
    {
        Plant(desk);
        desk.Feed(desk.Feedable(Stock));
        Spend(tick.Price, desk);
    }

    /// <summary>What came home beyond what was planted is a gain; after a restart, when it is not known what was planted, nothing is.</summary>
    public void Told(in Result result, IDesk desk)
    {
        if (result is not { Type: ResultType.Return, Amount: { } home }) { return; }
        if (_planted > Coins.Zero && home > _planted) { _toSpend += new Coins((home - _planted).Micro / 2); }
        _planted = Coins.Zero;
    }

    private void Plant(IDesk desk)
    {
        var coins = desk.Above(Pocket + _toSpend);
        var isIdle = desk.State.InFlightInvestments == 0 && desk.Unanswered == 0;
        if (isIdle && coins >= SmallestPlanting && desk.Invest(coins)) { _planted = coins; }
    }

    private void Spend(Coins price, IDesk desk)
    {
        var shares = Math.Min(desk.Affordable(price, Pocket), _toSpend.Micro / price.Micro);
        if (desk.Buy(shares) && price.TryTimes(shares, out var cost)) { _toSpend -= cost; }
    }
}
