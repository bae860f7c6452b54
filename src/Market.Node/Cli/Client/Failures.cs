using System.Net.Sockets;

namespace Market.Node.Cli.Client;

/// <summary>What went wrong on the way to a node, in words.</summary>
public static class Failures
{
    public static NodeFailedException Of(Exception failed)
    {
        var socket = Causes(failed).OfType<SocketException>().FirstOrDefault();
        var nobody = socket?.SocketErrorCode is SocketError.ConnectionRefused or SocketError.HostNotFound or SocketError.HostUnreachable
            or SocketError.NetworkUnreachable or SocketError.TimedOut or SocketError.TryAgain;
        var why = socket?.SocketErrorCode switch
        {
            SocketError.ConnectionRefused => "the connection was refused",
            SocketError.HostNotFound or SocketError.TryAgain => "there is no such host",
            SocketError.TimedOut => "nothing answered",
            _ => Causes(failed).Last().Message,
        };
        return new NodeFailedException(why, failed) { NobodyListens = nobody };
    }

    private static IEnumerable<Exception> Causes(Exception failed)
    {
        for (var cause = failed; cause is not null; cause = cause.InnerException) { yield return cause; }
    }
}
