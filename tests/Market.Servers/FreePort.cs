using System.Net;
using System.Net.Sockets;

namespace Market.Servers;

/// <summary>TCP ports of loopback that nobody uses now.</summary>
public static class FreePort
{
    public static int Next()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
