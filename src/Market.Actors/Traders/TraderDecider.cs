using Market.Protocol.Messages;
using Market.Protocol.Values;

namespace Market.Actors.Traders;

/// <summary>
/// The heart of the game: what becomes of a trader's command. Pure and total; allocates nothing.
/// The market is running and the txnId is new when it is asked.
/// </summary>
public static class TraderDecider
{
    /// <summary>At or under this, with no share and no investment in flight, a trader is bailed out.</summary>
    public static Coins BailoutAt => Coins.Whole(3);

    public static TraderEvent Decide(in TraderState state, in TraderCommand command, Coins price, TraderRules rules)
    {
        if (rules.HelpsBeforeTheCheck) { return HelpFirst(state, command, price, rules); }
        var status = Check(state, command, price, rules);
        var type = status is Status.Accepted ? Accepted(command.Type) : TraderEventType.Refused;
        var isOrder = command.Type is CommandType.Buy or CommandType.Sell;
        var decided = new TraderEvent(type, command.Type, command.Amount, isOrder ? price : Coins.Zero, status, false, command.SentAt);
        return WithBailoutIfNeeded(state, decided);
    }

    /// <summary>See <see cref="TraderRules.HelpsBeforeTheCheck"/>.</summary>
    private static TraderEvent HelpFirst(in TraderState state, in TraderCommand command, Coins price, TraderRules rules)
    {
        var helped = IsPoor(state);
        var seen = helped ? state with { Coins = state.Coins + TraderEvolution.BailoutCoins, Shares = TraderEvolution.BailoutShares } : state;
        var decided = Decide(seen, command, price, rules with { HelpsBeforeTheCheck = false });
        return decided with { BailedOut = helped && decided.Status is Status.Accepted };
    }

    /// <summary>An investment comes home. What would not fit into the trader's purse is lost, so that the rest comes home.</summary>
    public static TraderEvent Return(in TraderState state, Coins amount)
    {
        var room = Coins.Whole(MaxPurseCoins) - state.Coins;
        var credited = amount < room ? amount : room;
        var returned = new TraderEvent(TraderEventType.Returned, default, credited.Micro, Coins.Zero, Status.Accepted, false, null);
        return WithBailoutIfNeeded(state, returned);
    }

    /// <summary>The fullest purse, in coins: a thousandth under what 64 bits hold, so that a bailout always fits.</summary>
    private const long MaxPurseCoins = 9_000_000_000_000;

    private static Status Check(in TraderState state, in TraderCommand command, Coins price, TraderRules rules) => command.Type switch
    {
        CommandType.Buy or CommandType.Sell when command.Amount > rules.MaxOrderShares => Status.OrderTooLarge,
        CommandType.Buy => price.TryTimes(command.Amount, out var cost) && cost <= state.Coins ? Status.Accepted : Status.InsufficientCoins,
        CommandType.Sell when command.Amount > state.Shares => Status.InsufficientShares,
        CommandType.Sell => FitsPurse(state, command.Amount, price) ? Status.Accepted : Status.OrderTooLarge,
        CommandType.Invest => command.Amount <= state.Coins.Micro ? Status.Accepted : Status.InsufficientCoins,
        CommandType.Feed => command.Amount <= state.Shares ? Status.Accepted : Status.InsufficientShares,
        _ => throw new InvariantBrokenException($"No command has number {(byte)command.Type}."),
    };

    private static bool FitsPurse(in TraderState state, long shares, Coins price) =>
        price.TryTimes(shares, out var proceeds) && state.Coins.TryAdd(proceeds, out var coins) && coins <= Coins.Whole(MaxPurseCoins);

    private static TraderEventType Accepted(CommandType type) => type switch
    {
        CommandType.Buy => TraderEventType.Bought,
        CommandType.Sell => TraderEventType.Sold,
        CommandType.Invest => TraderEventType.Invested,
        CommandType.Feed => TraderEventType.Fed,
        _ => throw new InvariantBrokenException($"No command has number {(byte)type}."),
    };

    /// <summary>Check first, then bail out what was accepted.</summary>
    private static TraderEvent WithBailoutIfNeeded(in TraderState state, in TraderEvent decided)
    {
        if (decided.Type is TraderEventType.Refused) { return decided; }
        var after = TraderEvolution.Evolve(state, decided, state.Time);
        return IsPoor(after) ? decided with { BailedOut = true } : decided;
    }

    private static bool IsPoor(in TraderState state) => state.InFlightInvestments <= 0 && state.Coins <= BailoutAt && state.Shares <= 0;
}
