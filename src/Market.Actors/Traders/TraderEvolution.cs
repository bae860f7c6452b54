using Market.Protocol.Messages;
using Market.Protocol.Values;

namespace Market.Actors.Traders;

/// <summary>From one state of a trader to the next: the fold that live actors, replays and views share.</summary>
public static class TraderEvolution
{
    /// <summary>The coins a bailout gives.</summary>
    public static Coins BailoutCoins => Coins.Whole(10);

    /// <summary>The shares a bailout gives.</summary>
    public const int BailoutShares = 5;

    /// <summary>The state after an event. Total for what a decider decides; a sum that does not fit is corruption.</summary>
    /// <param name="time">The turn's time; kept as the time of the last change.</param>
    /// <exception cref="OverflowException">No decider decides this.</exception>
    public static TraderState Evolve(in TraderState state, in TraderEvent happened, Timestamp time)
    {
        var amount = happened.Amount;
        var changed = happened.Type switch
        {
            TraderEventType.Refused => state,
            TraderEventType.Bought => state with { Coins = state.Coins - Cost(happened), Shares = checked(state.Shares + amount) },
            TraderEventType.Sold => state with { Coins = state.Coins + Cost(happened), Shares = checked(state.Shares - amount) },
            TraderEventType.Invested => state with { Coins = state.Coins - new Coins(amount), InFlightInvestments = state.InFlightInvestments + 1 },
            TraderEventType.Fed => state with { Shares = checked(state.Shares - amount), FedMonkeys = checked(state.FedMonkeys + amount) },
            TraderEventType.Returned => state with { Coins = state.Coins + new Coins(amount), InFlightInvestments = state.InFlightInvestments - 1 },
            _ => throw new InvariantBrokenException($"No trader event has number {(byte)happened.Type}."),
        };
        if (happened.Type is TraderEventType.Refused) { return changed; }
        return happened.BailedOut ? WithBailout(changed) with { Time = time } : changed with { Time = time };
    }

    private static TraderState WithBailout(in TraderState state) => state with
    {
        Coins = state.Coins + BailoutCoins,
        Shares = checked(state.Shares + BailoutShares),
        Bailouts = checked(state.Bailouts + 1),
    };

    private static Coins Cost(in TraderEvent order)
    {
        Invariant.Require(order.Price.TryTimes(order.Amount, out var cost), "An order's cost fits in micro-coins.");
        return cost;
    }
}
