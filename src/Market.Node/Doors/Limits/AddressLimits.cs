using System.Collections.Concurrent;
using System.Net;
using Market.Node.Config;
using Market.Node.Doors.Http;
using Market.Protocol.Messages;

namespace Market.Node.Doors.Limits;

/// <summary>How fast strangers may join and post, by the address they come from. Safe for many threads.</summary>
public sealed class AddressLimits(LimitOptions options, TimeProvider time)
{
    /// <summary>Addresses remembered; when there are more, all start afresh.</summary>
    private const int MaxAddresses = 10_000;

    private readonly ConcurrentDictionary<(IPAddress Address, bool Joins), TokenBucket> _buckets = new();

    /// <summary>False when the request was answered with a refusal.</summary>
    public ValueTask<bool> LetJoinAsync(HttpContext http) => LetAsync(http, joins: true, options.JoinsPerSecond);

    /// <summary>False when the request was answered with a refusal.</summary>
    public ValueTask<bool> LetPostAsync(HttpContext http) => LetAsync(http, joins: false, options.GibbsPerSecond);

    private async ValueTask<bool> LetAsync(HttpContext http, bool joins, int perSecond)
    {
        if (_buckets.Count > MaxAddresses) { _buckets.Clear(); }
        var bucket = _buckets.GetOrAdd((http.Connection.RemoteIpAddress ?? IPAddress.None, joins), _ => new TokenBucket(perSecond, perSecond * 2, time));
        if (bucket.TryTake(out var retryAfterMs)) { return true; }
        var refused = Problem.Of(Status.RateLimited, $"At most {perSecond} of these a second from one address; come back in {retryAfterMs} ms.");
        await (refused with { RetryAfterMs = retryAfterMs }).SendAsync(http);
        return false;
    }
}
