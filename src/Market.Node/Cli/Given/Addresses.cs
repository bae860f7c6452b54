using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Net;

namespace Market.Node.Cli.Given;

/// <summary>Addresses as people type them.</summary>
public static class Addresses
{
    /// <summary>Reads <c>127.0.0.1:5080</c>, <c>[::1]:5080</c>, <c>localhost:5080</c> or <c>*:5080</c> (all interfaces); port 0 takes any free one.</summary>
    public static bool TryReadListen(string text, [NotNullWhen(true)] out IPEndPoint? listen)
    {
        listen = null;
        var colon = text.LastIndexOf(':');
        if (colon <= 0 || !ushort.TryParse(text.AsSpan(colon + 1), NumberStyles.None, CultureInfo.InvariantCulture, out var port)) { return false; }
        var host = text[..colon];
        var address = host switch
        {
            "localhost" => IPAddress.Loopback,
            "*" => IPAddress.Any,
            _ when host.StartsWith('[') == host.Contains(':') && IPAddress.TryParse(host.Trim('[', ']'), out var read) => read,
            _ => null,
        };
        if (address is not null) { listen = new IPEndPoint(address, port); }
        return listen is not null;
    }

    /// <summary>Reads a node's address: <c>http</c> or <c>https</c>, with nothing in it but host, port and folder. Ends with a slash.</summary>
    public static bool TryReadNode(string text, [NotNullWhen(true)] out Uri? node)
    {
        node = null;
        if (!Uri.TryCreate(text, UriKind.Absolute, out var read) || read.Scheme is not ("http" or "https")) { return false; }
        if (read.UserInfo.Length > 0 || read.Query.Length > 0 || read.Fragment.Length > 0) { return false; }
        node = read.AbsolutePath.EndsWith('/') ? read : new Uri($"{read.AbsoluteUri}/");
        return true;
    }
}
