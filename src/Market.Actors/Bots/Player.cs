using Market.Actors.Answers;
using Market.Protocol.Messages;
using Market.Protocol.Values;

namespace Market.Actors.Bots;

/// <summary>
/// A bot at its desk: what a host drives, in a node, a test or a laboratory. One call at a time; the host brings prices, answers and
/// news, and the player's commands go out through its clerk.
/// </summary>
/// <param name="bot">Who plays.</param>
/// <param name="trader">For whom.</param>
/// <param name="txnIds">Names its commands.</param>
/// <param name="largestOrder">Most shares in one order.</param>
/// <param name="clerk">Carries the commands.</param>
public sealed class Player(IBot bot, TraderKey trader, ITxnIds txnIds, long largestOrder, IClerk clerk)
{
    private readonly Desk _desk = new(txnIds, largestOrder, clerk);

    /// <param name="start">Tells this start of the trader from every other it ever had: 1 to 40 characters, never used again for it.</param>
    public Player(IBot bot, TraderKey trader, string start, long largestOrder, IClerk clerk)
        : this(bot, trader, new TxnIdsOfStart(trader, start), largestOrder, clerk)
    {
    }

    public TraderKey Trader => trader;

    /// <summary>What the bot sees.</summary>
    public IDesk Desk => _desk;

    /// <summary>Whether something must be sent again, by <see cref="SendAgain"/>, some seconds after it failed.</summary>
    public bool OwesCommands => _desk.HasFailed;

    /// <summary>The trader joined, or was there already. Before anything else.</summary>
    public void Seated(in TraderState state) => _desk.State = state;

    public void Priced(in PriceTick tick)
    {
        _desk.Priced(tick);
        bot.Priced(tick, _desk);
    }

    /// <summary>A command was answered; an answer that came before is passed over.</summary>
    /// <param name="now">The trader as the market has it now: newer than the result's own state, when more has happened since.</param>
    public void Answered(long number, in Result result, in TraderState now)
    {
        if (!_desk.Settle(number)) { return; }
        Told(result.Status is Status.Duplicate ? result with { Status = result.First, First = default } : result, now);
    }

    /// <summary>News that nobody asked for.</summary>
    /// <param name="now">As above.</param>
    public void Told(in Result news, in TraderState now)
    {
        _desk.State = now;
        bot.Told(news, _desk);
    }

    /// <summary>
    /// A command could not be answered. One that failed by itself is given up, for it did nothing and would fail again; any other is
    /// perhaps done, and is sent again under the same txnId.
    /// </summary>
    public void Failed(long number, FailureKind kind)
    {
        if (kind is FailureKind.Fault) { _desk.Settle(number); }
        else { _desk.Fail(number); }
    }

    public void SendAgain() => _desk.SendAgain();
}
