using Market.Actors.Answers;
using Market.Actors.Mailboxes;
using Market.Actors.Traders;
using Market.Protocol.Messages;
using Market.Protocol.Values;

namespace Market.Actors.Runtime;

/// <summary>The trader actors of one shard: from a command to an event and an answer.</summary>
internal sealed class TraderActors(ShardState state, Turn turn, Outbound outbound, TraderRules rules)
{
    /// <summary>The hot path: nothing here allocates.</summary>
    public void Command(in Envelope envelope)
    {
        var command = envelope.Command;
        var type = Result.TypeOf(command.Type);
        if (!state.Traders.TryFind(envelope.Trader!, out var slot))
        {
            outbound.Answer(envelope.AnswerTo, envelope.Tag, new Result { TxnId = command.TxnId, Type = type, Status = Status.Unauthorized });
            return;
        }
        ref var entry = ref state.Traders[slot];
        if (!state.Floor.Clock.IsRunning)
        {
            outbound.Answer(envelope.AnswerTo, envelope.Tag, new Result { TxnId = command.TxnId, Type = type, Status = Status.MarketClosed, State = entry.State });
            return;
        }
        var txnHash = StableHash.Hash128(command.TxnId);
        if (entry.Answers is { } answers && TryAgain(answers, command, txnHash, entry.State, out var again))
        {
            outbound.Answer(envelope.AnswerTo, envelope.Tag, again);
            return;
        }
        var happened = TraderDecider.Decide(entry.State, command, state.Floor.Price, rules);
        turn.Happen(slot, happened, command.TxnId, txnHash);
        outbound.Answer(envelope.AnswerTo, envelope.Tag, new Result
        {
            TxnId = command.TxnId,
            Type = type,
            Status = happened.Status,
            Price = happened.HasPrice ? happened.Price : null,
            State = entry.State,
        });
        if (happened.BailedOut) { TellBailout(entry, command.TxnId); }
    }

    public void Join(JoinTrader request)
    {
        var taken = state.Traders.TryFind(request.Trader, out var slot);
        if (!taken)
        {
            slot = state.Traders.Count;
            turn.Happen(new TraderJoined(request.Trader));
        }
        outbound.Reply(request, new Joined(taken, state.Traders[slot].State));
    }

    public void ComeHome(ComeHome message)
    {
        Invariant.Require(state.Traders.TryFind(message.Trader, out var slot), "An investment comes home to a trader that joined.");
        ref var entry = ref state.Traders[slot];
        var happened = TraderDecider.Return(entry.State, message.Amount);
        turn.Happen(slot, happened, message.TxnId, default); // no answer: nobody will ask for it again
        outbound.Tell(message.Trader, TraderNews.Return(message.TxnId, happened, entry.State));
        if (happened.BailedOut) { TellBailout(entry, message.TxnId); }
    }

    private void TellBailout(in TraderEntry entry, string cause) => outbound.Tell(entry.Key, TraderNews.Bailout(cause, entry.State));

    /// <summary>The answer to a txnId that was answered before.</summary>
    private static bool TryAgain(AnswerRing answers, in TraderCommand command, (ulong High, ulong Low) txnHash, in TraderState now, out Result again)
    {
        if (!answers.TryFind(txnHash.High, txnHash.Low, out var first))
        {
            again = default;
            return false;
        }
        var same = first.Command == command.Type && first.Amount == command.Amount;
        again = new Result
        {
            TxnId = command.TxnId,
            Type = Result.TypeOf(command.Type),
            Status = same ? Status.Duplicate : Status.TxnIdReused,
            First = first.Status,
            Price = same && first.Command is CommandType.Buy or CommandType.Sell ? first.Price : null,
            State = same ? first.State : now,
        };
        return true;
    }
}
