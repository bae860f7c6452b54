using Market.Node.Config;
using Microsoft.AspNetCore.Connections;

namespace Market.Node.Doors.Http;

/// <summary>
/// The open connections, of whatever door they became: one bound for all. The server's own bound forgets a connection that turned into a WebSocket.
/// </summary>
public sealed class OpenConnections(LimitOptions limits, TimeProvider time)
{
    private int _count;

    /// <summary>How many are open now.</summary>
    public int Count => Volatile.Read(ref _count);

    /// <summary>Counts a connection from its begin to its end; one too many is closed unheard.</summary>
    public ConnectionDelegate Around(ConnectionDelegate next) => async connection =>
    {
        connection.Features.Set(new ConnectionAge(time));
        try
        {
            if (Interlocked.Increment(ref _count) <= limits.MaxConnections) { await next(connection); }
            else { connection.Abort(); }
        }
        finally
        {
            Interlocked.Decrement(ref _count);
        }
    };
}
