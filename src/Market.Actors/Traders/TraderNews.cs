using Market.Protocol.Messages;
using Market.Protocol.Values;

namespace Market.Actors.Traders;

/// <summary>What a trader is told without having asked.</summary>
public static class TraderNews
{
    /// <summary>Its investment came home.</summary>
    /// <param name="happened">A <see cref="TraderEventType.Returned"/>.</param>
    /// <param name="state">After it, help included.</param>
    public static Result Return(string txnId, in TraderEvent happened, in TraderState state) => new()
    {
        TxnId = txnId, Type = ResultType.Return, Status = Status.Accepted, Amount = new Coins(happened.Amount), State = state,
    };

    /// <summary>The market helped.</summary>
    /// <param name="cause">The txnId of what left it poor.</param>
    public static Result Bailout(string cause, in TraderState state) => new()
    {
        TxnId = cause, Type = ResultType.Bailout, Status = Status.Accepted, Amount = TraderEvolution.BailoutCoins, State = state,
    };
}
