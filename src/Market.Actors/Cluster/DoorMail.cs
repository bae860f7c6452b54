using Market.Actors.Answers;
using Market.Actors.Mailboxes;
using Market.Protocol.Values;

namespace Market.Actors.Cluster;

/// <summary>What doors told a shard, as mail for its queue.</summary>
public static class DoorMail
{
    private static readonly Failure TooManyWaiting = new(FailureKind.Overloaded, "Too many commands wait for their answers; send it again with the same txnId.");

    /// <summary>Takes all that waits, in its order: commands that follow each other in one mail, requests alone. What gets no ticket is refused.</summary>
    /// <param name="door">Where the answers are waited for.</param>
    /// <param name="beat">The last of the door's own notices that it heard.</param>
    /// <param name="most">Most commands of one trader in a mail.</param>
    /// <param name="mailbox">What doors told the shard; has no other taker.</param>
    /// <param name="desk">Where the answers will be expected.</param>
    /// <param name="newId">Draws a request's id: never 0, never the same.</param>
    public static IReadOnlyList<ShardMail> Gather(string door, long beat, int most, Mailbox mailbox, DoorDesk desk, Timestamp now, Func<ulong> newId)
    {
        var mails = new List<ShardMail>();
        var commands = new List<TicketedCommand>();
        var ofTrader = new Dictionary<TraderKey, int>();
        foreach (ref var envelope in mailbox.TakeAll().Commands)
        {
            if (envelope.Body is Request request)
            {
                Close();
                if (desk.TryOpen(request, now, out var ticket)) { mails.Add(new RequestMail(door, ticket, newId(), What(request))); }
                else { request.Fail(TooManyWaiting); }
            }
            else if (desk.TryOpen(envelope.AnswerTo, envelope.Tag, now, out var ticket))
            {
                commands.Add(new TicketedCommand(ticket, envelope.Trader!, envelope.Command, (envelope.AnswerTo as ITraced)?.TraceParent));
                var count = ofTrader[envelope.Trader!] = ofTrader.GetValueOrDefault(envelope.Trader!) + 1;
                if (count == most) { Close(); }
            }
            else
            {
                envelope.AnswerTo?.Fail(envelope.Tag, TooManyWaiting);
            }
            envelope = default;
        }
        Close();
        return mails;

        void Close()
        {
            if (commands.Count == 0) { return; }
            mails.Add(new CommandMail(door, beat, commands));
            commands = [];
            ofTrader.Clear();
        }
    }

    private static Asked What(Request request) => request switch
    {
        JoinTrader join => new AskedJoin(join.Trader),
        PostGibb post => new AskedPost(post.Author, post.Text, post.Source),
        OpenMarket open => new AskedOpen(open.Seed),
        MoveMarket move => new AskedMove(move.Action),
        _ => throw new NotSupportedException($"{request.GetType().Name} has no way to another node."),
    };
}
