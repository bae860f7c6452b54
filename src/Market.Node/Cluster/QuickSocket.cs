using System.Net.Sockets;
using RabbitMQ.Client;

namespace Market.Node.Cluster;

/// <summary>A connection that ends soon after the network does, and with it what is under way: by itself the kernel would go on sending that for many minutes.</summary>
public static class QuickSocket
{
    /// <summary>Most that sent bytes may stay unacknowledged by the other machine's kernel, in ms. A busy broker's acknowledges them all the same.</summary>
    private const int UnacknowledgedMs = 3_000;

    /// <summary>TCP's options by number, which .NET has no names for.</summary>
    private const int Tcp = 6;
    private const int UserTimeout = 18;

    public static ITcpClient Open(AddressFamily family)
    {
        var socket = new Socket(family, SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        if (OperatingSystem.IsLinux()) { socket.SetRawSocketOption(Tcp, UserTimeout, BitConverter.GetBytes(UnacknowledgedMs)); } // RFC 5482
        return new TcpClientAdapter(socket);
    }
}
