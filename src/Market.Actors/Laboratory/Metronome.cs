using Market.Actors.Bots;
using Market.Protocol.Messages;

namespace Market.Actors.Laboratory;

/// <summary>Sells a share at one tick and buys it back at the next: exactly one command every tick, whatever it costs. For measuring.</summary>
public sealed class Metronome : IBot
{
    public void Priced(in PriceTick tick, IDesk desk)
    {
        if (tick.Seq % 2 == 1) { desk.Sell(1); }
        else { desk.Buy(1); }
    }

    public void Told(in Result result, IDesk desk)
    {
    }
}
