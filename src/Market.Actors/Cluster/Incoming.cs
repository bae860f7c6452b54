using Market.Actors.Answers;
using Market.Actors.Journal;
using Market.Actors.Mailboxes;

namespace Market.Actors.Cluster;

/// <summary>One message of a shard's queue, as it came.</summary>
/// <param name="Mark">For its acknowledgement.</param>
/// <param name="Redelivered">It may have been handled before.</param>
public sealed record Incoming(ulong Mark, bool Redelivered, ShardMail Mail)
{
    private static readonly Failure TooOld = new(FailureKind.Unreachable, "This was under way for too long to be done now; send it again with the same txnId.");

    /// <summary>What it means to the shard's mailbox; nothing for a claim, which only says whose the shard is.</summary>
    /// <param name="isLate">Commands are refused: see <see cref="Beats"/>.</param>
    /// <param name="delivery">Takes the answers; null when there will be none.</param>
    public IEnumerable<Envelope> Envelopes(StreamId shard, bool isLate, ReplyBoxes replies, out ShardDelivery? delivery)
    {
        switch (Mail)
        {
            case CommandMail mail:
                var answers = delivery = new ShardDelivery(shard, Mark, Redelivered, mail.Door, [.. mail.Commands.Select(command => command.Ticket)], replies);
                if (isLate)
                {
                    for (var place = 0; place < mail.Commands.Count; place++) { answers.Fail(place, TooOld); }
                    return [];
                }
                return mail.Commands.Select((command, place) => new Envelope { Trader = command.Trader, Command = command.Command, AnswerTo = answers, Tag = place });
            case RequestMail mail:
                delivery = new ShardDelivery(shard, Mark, Redelivered, mail.Door, [mail.Ticket], replies);
                return [new Envelope { Body = RequestOf(mail.What, delivery) with { Id = mail.Id } }];
            default:
                delivery = null;
                return [];
        }
    }

    private static Request RequestOf(Asked what, ShardDelivery answerTo) => what switch
    {
        AskedJoin join => new JoinTrader(join.Trader, answerTo),
        AskedPost post => new PostGibb(post.Author, post.Text, post.Source, answerTo),
        AskedOpen open => new OpenMarket(open.Seed, answerTo),
        AskedMove move => new MoveMarket(move.Action, answerTo),
        _ => throw new NotSupportedException($"No actor here knows the request {what.GetType().Name}."),
    };
}
