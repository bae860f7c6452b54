using Market.Protocol.Messages;
using Market.Protocol.Values;

namespace Market.Actors.Bots;

/// <summary>
/// Saves up for a feast: plants all it has, again and again; then waits until everything is home, buys shares for half of its fortune
/// and feeds them all at once. Each time it saves twice as long as before, as fortunes double ever more slowly.
/// </summary>
public sealed class Hoarder : IBot
{
    private const long FirstTicksOfSaving = 40;
    private const long MostTicksOfSaving = 1_280;
    private const long Stock = 2;
    private static readonly Coins Pocket = Coins.Whole(2);

    private long _saving = FirstTicksOfSaving;
    private long _feastAt;
    private bool _shopped;

    public void Priced(in PriceTick tick, IDesk desk)
    {
        if (_feastAt == 0) { _feastAt = tick.Seq + _saving; }
        if (desk.State.InFlightInvestments > 0 || desk.Unanswered > 0) { return; }
        if (tick.Seq < _feastAt) { desk.Invest(desk.Above(Pocket)); }
        else { Feast(tick, desk); }
    }

    public void Told(in Result result, IDesk desk)
    {
    }

    /// <summary>First the shopping, then, when that was answered, the meal.</summary>
    private void Feast(in PriceTick tick, IDesk desk)
    {
        var half = new Coins(desk.State.Coins.Micro / 2);
        if (!_shopped && desk.Buy(desk.Affordable(tick.Price, half > Pocket ? half : Pocket)))
        {
            _shopped = true;
            return;
        }
        desk.Feed(desk.Feedable(Stock));
        _shopped = false;
        _saving = Math.Min(_saving * 2, MostTicksOfSaving);
        _feastAt = tick.Seq + _saving;
    }
}
