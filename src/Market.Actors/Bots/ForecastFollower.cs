using Market.Actors.Chance;
using Market.Protocol.Messages;
using Market.Protocol.Values;

namespace Market.Actors.Bots;

/// <summary>
/// As the original's sample trader: buys one share when a rise is forecast and sells one when not, and now and then invests what it can spare.
/// Unlike the original, it feeds a monkey of every few shares.
/// </summary>
public sealed class ForecastFollower(ChanceStream chance) : IBot
{
    private const double InvestsPerTick = 0.1;
    private const long SharesKept = 4;

    public void Priced(in PriceTick tick, IDesk desk)
    {
        var state = desk.State;
        if (tick.Forecast > 1 && state.Coins >= tick.Price) { desk.Buy(1); }
        else if (tick.Forecast <= 1 && state.Shares > SharesKept) { desk.Sell(1); }
        if (state.Shares > SharesKept + 2) { desk.Feed(1); }
        var spare = state.Coins - Coins.Whole(4);
        if (spare > Coins.Zero && chance.Uniform(tick.Seq) < InvestsPerTick) { desk.Invest(spare); }
    }

    public void Told(in Result result, IDesk desk)
    {
    }
}
