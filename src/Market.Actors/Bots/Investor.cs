using Market.Protocol.Messages;
using Market.Protocol.Values;

namespace Market.Actors.Bots;

/// <summary>Keeps nearly all its coins growing; what a harvest gained it turns into bananas at once.</summary>
public sealed class Investor : IBot
{
    private Coins _gained;

    public void Priced(in PriceTick tick, IDesk desk)
    {
        var state = desk.State;
        var wanted = Math.Min(_gained.Micro / Math.Max(1, tick.Price.Micro), 20);
        if (wanted > 0 && tick.Price.TryTimes(wanted, out var cost) && cost <= state.Coins - Coins.Whole(3))
        {
            _gained -= cost;
            desk.Buy(wanted);
        }
        if (state.Shares > 5) { desk.Feed(state.Shares - 5); }
        var spare = state.Coins - Coins.Whole(4) - _gained;
        if (state.InFlightInvestments < 3 && spare > Coins.Whole(1)) { desk.Invest(spare); }
    }

    public void Told(in Result result, IDesk desk)
    {
        // What comes home is what went out and at most 15 % more: about an eighth of it is gain.
        if (result is { Type: ResultType.Return, Amount: { } amount }) { _gained += new Coins(amount.Micro / 8); }
    }
}
