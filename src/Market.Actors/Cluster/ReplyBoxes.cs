using Market.Actors.Answers;
using Market.Protocol.Messages;

namespace Market.Actors.Cluster;

/// <summary>Answers for one door, ready to be published.</summary>
/// <param name="Handled">What may be acknowledged to its queue once this, and all before it, is with the broker.</param>
public sealed record ReplyMail(string Door, ReadOnlyMemory<byte> Bytes, IReadOnlyList<ShardDelivery> Handled);

/// <summary>Gathers the answers of a turn by door, so that the broker carries one message for many. Safe for many threads.</summary>
/// <param name="wake">Called when there is something to take where there was nothing.</param>
public sealed class ReplyBoxes(Action wake)
{
    private readonly Lock _gate = new();
    private readonly Dictionary<string, Box> _boxes = [];

    public void Add(ShardDelivery of, long ticket, in Result answer)
    {
        lock (_gate) { Of(of).Add(ticket, answer); }
    }

    public void Add(ShardDelivery of, long ticket, in Joined answer)
    {
        lock (_gate) { Of(of).Add(ticket, answer); }
    }

    public void Add(ShardDelivery of, long ticket, Gibb answer)
    {
        lock (_gate) { Of(of).Add(ticket, answer); }
    }

    public void Add(ShardDelivery of, long ticket, in Moved answer)
    {
        lock (_gate) { Of(of).Add(ticket, answer); }
    }

    public void Add(ShardDelivery of, long ticket, Failure failure)
    {
        lock (_gate) { Of(of).Add(ticket, failure); }
    }

    /// <summary>Takes all there is, a mail for each door.</summary>
    public IReadOnlyList<ReplyMail> TakeAll()
    {
        lock (_gate)
        {
            if (_boxes.Count == 0) { return []; }
            ReplyMail[] mails = [.. _boxes.Select(box => new ReplyMail(box.Key, box.Value.Replies.Bytes, box.Value.Handled))];
            _boxes.Clear();
            return mails;
        }
    }

    private ReplyWriter Of(ShardDelivery of)
    {
        if (_boxes.Count == 0) { wake(); }
        if (!_boxes.TryGetValue(of.Door, out var box)) { _boxes[of.Door] = box = new Box(); }
        if (of.AnsweredOne()) { box.Handled.Add(of); }
        return box.Replies;
    }

    private sealed class Box
    {
        public ReplyWriter Replies { get; } = new();

        public List<ShardDelivery> Handled { get; } = [];
    }
}
