using System.Collections.Concurrent;
using Market.Node.Config;
using Market.Protocol.Values;

namespace Market.Node.Doors.Limits;

/// <summary>How fast each trader may send commands, over all doors of this node: one token bucket each. Safe for many threads.</summary>
public sealed class TraderLimits(LimitOptions options, TimeProvider time)
{
    private readonly ConcurrentDictionary<(MarketId Market, TraderKey Trader), TokenBucket> _buckets = new();

    public int PerSecond => options.CommandsPerSecond;

    public int Burst => options.CommandBurst;

    /// <param name="retryAfterMs">When one command more will be let through; 0 when this one is.</param>
    public bool TryTake(MarketId market, TraderKey trader, out long retryAfterMs) =>
        _buckets.GetOrAdd((market, trader), _ => new TokenBucket(options.CommandsPerSecond, options.CommandBurst, time)).TryTake(out retryAfterMs);
}

/// <summary>Lets so many through a second, and so many at once.</summary>
public sealed class TokenBucket(int perSecond, int burst, TimeProvider time)
{
    private readonly Lock _gate = new();
    private double _tokens = burst;
    private long _at = time.GetTimestamp();

    /// <summary>Whether it is as good as new: nothing is lost by forgetting it.</summary>
    public bool IsFull
    {
        get
        {
            lock (_gate)
            {
                Fill();
                return _tokens >= burst;
            }
        }
    }

    public bool TryTake(out long retryAfterMs)
    {
        lock (_gate)
        {
            Fill();
            retryAfterMs = 0;
            if (_tokens >= 1)
            {
                _tokens -= 1;
                return true;
            }
            retryAfterMs = (long)Math.Ceiling((1 - _tokens) * 1000 / perSecond);
            return false;
        }
    }
    private void Fill()
    {
        var now = time.GetTimestamp();
        _tokens = Math.Min(burst, _tokens + (time.GetElapsedTime(_at, now).TotalSeconds * perSecond));
        _at = now;
    }
}
