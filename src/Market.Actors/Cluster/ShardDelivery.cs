using Market.Actors.Answers;
using Market.Actors.Journal;
using Market.Protocol.Messages;

namespace Market.Actors.Cluster;

/// <summary>
/// One mail of a shard's queue, being handled by the shard's owner: takes the answers to all it holds, and may be acknowledged to the queue once
/// the last of them is with the broker. Until then the queue keeps it, and gives it to the next owner if this one dies.
/// </summary>
/// <param name="shard">Whose queue it came from.</param>
/// <param name="mark">The queue's own, for its acknowledgement.</param>
/// <param name="redelivered">It may have been handled before, by this owner or another.</param>
/// <param name="tickets">The door's, by the tag that each command was posted with.</param>
/// <param name="replies">Where the answers gather.</param>
public sealed class ShardDelivery(StreamId shard, ulong mark, bool redelivered, string door, long[] tickets, ReplyBoxes replies)
    : IAnswerTo<Result>, IAnswerTo<Joined>, IAnswerTo<Gibb>, IAnswerTo<Moved>
{
    // Owned by the boxes' lock.
    private int _missing = tickets.Length;

    public StreamId Shard => shard;

    public ulong Mark => mark;

    public string Door => door;

    /// <summary>
    /// What was handled before its acknowledgement was lost is a duplicate to the shard, but not to the sender, who sent it once: it gets the
    /// first answer itself.
    /// </summary>
    public void Answer(long tag, in Result answer)
    {
        var told = redelivered && answer.Status is Status.Duplicate ? answer with { Status = answer.First, First = default } : answer;
        replies.Add(this, tickets[tag], told);
    }

    public void Answer(long tag, in Joined answer) => replies.Add(this, tickets[tag], answer);

    public void Answer(long tag, in Gibb answer) => replies.Add(this, tickets[tag], answer);

    public void Answer(long tag, in Moved answer) => replies.Add(this, tickets[tag], answer);

    public void Fail(long tag, Failure failure) => replies.Add(this, tickets[tag], failure);

    /// <summary>One more is answered.</summary>
    /// <returns>Whether it was the last.</returns>
    internal bool AnsweredOne() => --_missing == 0;
}
