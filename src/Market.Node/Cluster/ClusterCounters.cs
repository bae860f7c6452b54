namespace Market.Node.Cluster;

/// <summary>What this node's part in its cluster comes to, for metrics. Safe for many threads.</summary>
public sealed class ClusterCounters
{
    private long _redelivered;
    private long _taken;
    private long _given;
    private long _refused;
    private long _late;

    /// <summary>Mail that came again: it may have been handled before, here or by an owner that is gone.</summary>
    public long Redelivered => Volatile.Read(ref _redelivered);

    /// <summary>Times that a shard came to live here.</summary>
    public long Taken => Volatile.Read(ref _taken);

    /// <summary>Times that one went, by a hand-over or with the broker.</summary>
    public long Given => Volatile.Read(ref _given);

    /// <summary>Messages to clients of the broker that a queue of theirs refused.</summary>
    public long Refused => Volatile.Read(ref _refused);

    /// <summary>Mail with commands that had been under way for too long to be done.</summary>
    public long Late => Volatile.Read(ref _late);

    public void CountRedelivered() => Interlocked.Increment(ref _redelivered);

    public void CountTaken() => Interlocked.Increment(ref _taken);

    public void CountGiven() => Interlocked.Increment(ref _given);

    public void CountRefused() => Interlocked.Increment(ref _refused);

    public void CountLate() => Interlocked.Increment(ref _late);
}
