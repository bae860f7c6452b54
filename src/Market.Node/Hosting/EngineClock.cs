using Market.Protocol.Values;

namespace Market.Node.Hosting;

/// <summary>
/// The node's time: the wall clock at the start, and from there on a clock that only goes forward, so that nobody who sets the
/// machine's clock stops a market or lets an investment come home early.
/// </summary>
public sealed class EngineClock(TimeProvider time)
{
    private readonly Timestamp _start = Timestamp.Of(time.GetUtcNow());
    private readonly long _mark = time.GetTimestamp();

    public Timestamp Now => _start.Plus((long)time.GetElapsedTime(_mark).TotalMilliseconds);
}
