using Market.Actors.Chance;
using Market.Protocol.Messages;
using Market.Protocol.Values;

namespace Market.Actors.Bots;

/// <summary>Talks the price up while it holds shares, sells into the hype, and buys back when the bubble has burst.</summary>
public sealed class HypeRider(ChanceStream chance) : IBot
{
    private const double GibbsPerTick = 0.06;

    private static readonly string[] Cheers =
    [
        "banana up, up, up! best share ever", "happy monkeys, sweet banana, buy", "good banana news, so good", "love this banana, great and solid",
        "banana certain to go high, nice", "thanks banana, super sweet",
    ];

    public void Priced(in PriceTick tick, IDesk desk)
    {
        var state = desk.State;
        var isDear = tick.Hype > Coins.Whole(1);
        if (isDear && state.Shares > 3) { desk.Sell(2); }
        else if (!isDear && state.Coins > tick.Price + Coins.Whole(4)) { desk.Buy(1); }
        if (state.Shares > 6 || (tick.Seq % 10 == 0 && state.Shares > 2)) { desk.Feed(1); }
        if (state.Shares > 2 && chance.Uniform(tick.Seq * 2) < GibbsPerTick)
        {
            desk.Gibb(Cheers[(int)(chance.Bits((tick.Seq * 2) + 1) % (ulong)Cheers.Length)]);
        }
    }

    public void Told(in Result result, IDesk desk)
    {
    }
}
