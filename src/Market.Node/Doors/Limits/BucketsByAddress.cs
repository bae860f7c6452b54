using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;

namespace Market.Node.Doors.Limits;

/// <summary>
/// A token bucket for each caller: each IPv4 address, and each /64 of IPv6, which is the least that one household has. Bounded: when there is no
/// room, callers that have been quiet for as long as a bucket takes to fill are forgotten, which changes nothing for them; when all are busy,
/// newcomers share one. Safe for many threads.
/// </summary>
/// <param name="perSecond">Let through a second; twice as many at once.</param>
/// <param name="capacity">Most callers remembered, 200 bytes each; default 10,000.</param>
public sealed class BucketsByAddress(int perSecond, TimeProvider time, int capacity = 10_000)
{
    private const int NetworkBytes = 8;

    private readonly ConcurrentDictionary<IPAddress, TokenBucket> _buckets = new();
    private readonly TokenBucket _shared = new(perSecond, perSecond * 2, time);
    private readonly Lock _sweeping = new();
    private long _sweptAt = long.MinValue;

    /// <summary>Callers remembered.</summary>
    public int Count => _buckets.Count;

    public TokenBucket Of(IPAddress address)
    {
        var caller = CallerOf(address);
        if (_buckets.TryGetValue(caller, out var known)) { return known; }
        return _buckets.Count < capacity || Sweep()
            ? _buckets.GetOrAdd(caller, _ => new TokenBucket(perSecond, perSecond * 2, time))
            : _shared;
    }

    private static IPAddress CallerOf(IPAddress address)
    {
        if (address.IsIPv4MappedToIPv6) { return address.MapToIPv4(); }
        if (address.AddressFamily is not AddressFamily.InterNetworkV6) { return address; }
        var bytes = address.GetAddressBytes();
        bytes.AsSpan(NetworkBytes).Clear();
        return new IPAddress(bytes);
    }

    /// <summary>Forgets who is quiet; once a second at most, so that many newcomers do not make it the node's work.</summary>
    /// <returns>Whether there is room now.</returns>
    private bool Sweep()
    {
        lock (_sweeping)
        {
            if (_sweptAt != long.MinValue && time.GetElapsedTime(_sweptAt) < TimeSpan.FromSeconds(1)) { return _buckets.Count < capacity; }
            _sweptAt = time.GetTimestamp();
            foreach (var (caller, bucket) in _buckets)
            {
                if (bucket.IsFull) { _buckets.TryRemove(caller, out _); }
            }
            return _buckets.Count < capacity;
        }
    }
}
