using Market.Actors.Journal;

namespace Market.Actors.Simulation.Cluster;

/// <summary>What a node hears from its broker.</summary>
internal abstract record Heard;

internal sealed record Delivered(StreamId Shard, ulong Mark, bool Redelivered, byte[] Mail) : Heard;

internal sealed record Confirmed(Action Then) : Heard;

internal sealed record Replied(byte[] Replies) : Heard;

internal sealed record Noticed(byte[] Notice) : Heard;

internal sealed record StoodAside(StreamId Shard) : Heard;

/// <summary>The connection is no more; long ago, perhaps.</summary>
internal sealed record Closed : Heard;

/// <summary>
/// A connection between a node and the broker: what either says waits on the wire until the other takes it. When it ends, the broker knows at once, and
/// the node when it has read what had come before; what was under way may have arrived, or not, and nobody tells the sender which.
/// </summary>
internal sealed class Connection(Broker broker, string node, string door)
{
    private readonly Queue<(bool IsPublish, Action Arrive)> _said = new();
    private readonly Queue<Heard> _coming = new();
    private ulong _lastMark;

    public string Node => node;

    public string Door => door;

    /// <summary>As the broker sees it.</summary>
    public bool IsOpen { get; private set; } = true;

    /// <summary>Something is on its way, in either direction.</summary>
    public bool IsBusy => _said.Count + _coming.Count > 0;

    public ulong NextMark() => ++_lastMark;

    /// <summary>Mail for a shard; <paramref name="confirmed"/> once the broker has it.</summary>
    public void Publish(StreamId shard, byte[] mail, Action confirmed) => Say(isPublish: true, () =>
    {
        broker.Enqueue(shard, mail);
        Hear(new Confirmed(confirmed));
    });

    public void Answer(string door, byte[] replies, Action confirmed) => Say(isPublish: true, () =>
    {
        broker.Answer(door, replies);
        Hear(new Confirmed(confirmed));
    });

    public void Tell(byte[] notice) => Say(isPublish: false, () => broker.Tell(notice));

    public void Consume(StreamId shard) => Say(isPublish: false, () => broker.Consume(shard, this));

    public void Cancel(StreamId shard) => Say(isPublish: false, () => broker.Cancel(shard, this));

    public void Acknowledge(StreamId shard, ulong mark) => Say(isPublish: false, () => broker.Acknowledge(shard, this, mark));

    public void GiveBack(StreamId shard, ulong mark) => Say(isPublish: false, () => broker.GiveBack(shard, this, mark, atTheEnd: mark % 2 == 0));

    /// <summary>What the node said arrives at the broker.</summary>
    /// <returns>Whether there was anything.</returns>
    public bool Carry(int most)
    {
        var any = false;
        for (; most > 0 && IsOpen && _said.TryDequeue(out var said); most--)
        {
            said.Arrive();
            any = true;
        }
        return any;
    }

    /// <summary>The broker says something; it waits until the node takes it.</summary>
    public void Hear(Heard heard)
    {
        if (IsOpen) { _coming.Enqueue(heard); }
    }

    public bool TryTake(out Heard heard) => _coming.TryDequeue(out heard!);

    /// <summary>It ends: of what is under way to the broker some arrives; what is under way to the node is read, or lost.</summary>
    public void Cut(Lots lots, Coverage coverage)
    {
        if (!IsOpen) { return; }
        Carry(lots.Next(_said.Count + 1));
        var isLost = lots.OneIn(2);
        coverage.See(Sight.PublishLost, _said.Any(said => said.IsPublish));
        coverage.See(Sight.ConfirmLost, isLost && _coming.Any(heard => heard is Confirmed));
        coverage.See(Sight.ReplyLost, isLost && _coming.Any(heard => heard is Replied));
        coverage.See(Sight.NoticeLost, isLost && _coming.Any(heard => heard is Noticed));
        broker.Close(this, lots);
        IsOpen = false;
        _said.Clear();
        if (isLost) { _coming.Clear(); }
        _coming.Enqueue(new Closed());
    }

    /// <summary>On a connection that ended, whatever the node goes on to say is lost.</summary>
    private void Say(bool isPublish, Action arrive)
    {
        if (IsOpen) { _said.Enqueue((isPublish, arrive)); }
    }
}
