using System.Net;
using Market.Node.Config;
using Market.Node.Doors.Http;
using Market.Protocol.Messages;

namespace Market.Node.Doors.Limits;

/// <summary>How fast strangers may join and post, by the address they come from. Safe for many threads.</summary>
public sealed class AddressLimits(LimitOptions options, TimeProvider time)
{
    private readonly BucketsByAddress _joins = new(options.JoinsPerSecond, time);
    private readonly BucketsByAddress _posts = new(options.GibbsPerSecond, time);

    /// <summary>False when the request was answered with a refusal.</summary>
    public ValueTask<bool> LetJoinAsync(HttpContext http) => LetAsync(http, _joins, options.JoinsPerSecond);

    /// <summary>False when the request was answered with a refusal.</summary>
    public ValueTask<bool> LetPostAsync(HttpContext http) => LetAsync(http, _posts, options.GibbsPerSecond);

    private static async ValueTask<bool> LetAsync(HttpContext http, BucketsByAddress buckets, int perSecond)
    {
        if (buckets.Of(http.Connection.RemoteIpAddress ?? IPAddress.None).TryTake(out var retryAfterMs)) { return true; }
        var refused = Problem.Of(Status.RateLimited, $"At most {perSecond} of these a second from one address; come back in {retryAfterMs} ms.");
        await (refused with { RetryAfterMs = retryAfterMs }).SendAsync(http);
        return false;
    }
}
