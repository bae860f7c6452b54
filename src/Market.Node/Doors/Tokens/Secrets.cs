using System.Security.Cryptography;
using System.Text;

namespace Market.Node.Doors.Tokens;

/// <summary>Comparing what a stranger offers with what is wanted.</summary>
public static class Secrets
{
    /// <summary>
    /// Whether they are the same, in a time that tells neither how much was right nor how long it should be. An empty secret is none, and nothing
    /// is the same as it: who forgot to set one has not let everybody in.
    /// </summary>
    public static bool Same(string? offered, string? wanted) =>
        !string.IsNullOrEmpty(wanted) && CryptographicOperations.FixedTimeEquals(Digest(offered ?? ""), Digest(wanted));

    private static byte[] Digest(string secret) => SHA256.HashData(Encoding.UTF8.GetBytes(secret));
}
