using Market.Actors.Answers;
using Market.Node.Hosting;
using Market.Protocol.Messages;
using Market.Protocol.Values;

namespace Market.Node.Doors.Amqp;

/// <summary>A command that was handed to the market: its answer goes out as a letter, and only then is its delivery acknowledged.</summary>
/// <param name="about">What the exchange it came to says it is about.</param>
/// <param name="key">The routing key that its sender is told by.</param>
/// <param name="postedAt">The machine's time stamp.</param>
internal sealed class PostedCommand(
    Delivery delivery, ResultType about, string key, TraderKey trader, TraderCommand command, RunningMarket? market, long postedAt, Replies replies) : IAnswerTo<Result>
{
    public Delivery Delivery => delivery;

    public long PostedAt => postedAt;

    public void Answer(long tag, in Result answer) => replies.Send(Letter.Of(key, answer with { Type = about }), delivery.Mark);

    /// <summary>No answer can be given now, and the sender was not told to come back: so we do.</summary>
    public void Fail(long tag, Failure failure) => replies.Again.Add(this, failure);

    /// <summary>Posts it once more. It was let in before, so no limit counts it again.</summary>
    /// <returns>False when the mailbox is full.</returns>
    public bool TryAgain() => market!.Region.TryTell(trader, command, this, 0);
}
