using System.Net;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace Market.Servers;

/// <summary>A certificate for servers on loopback, signed by an authority of its own that nobody knows but who is told; all three are files in PEM.</summary>
/// <param name="Authority">The authority's certificate, for those who are to believe the server.</param>
/// <param name="Certificate">The server's.</param>
/// <param name="Key">The server's private key.</param>
public sealed record ServerCertificate(string Authority, string Certificate, string Key)
{
    private static readonly TimeSpan Validity = TimeSpan.FromDays(1);

    /// <summary>Makes a new authority and what it signs.</summary>
    /// <param name="folder">For the files; made if need be.</param>
    public static ServerCertificate Make(string folder)
    {
        Directory.CreateDirectory(folder);
        var (from, until) = (DateTimeOffset.UtcNow - TimeSpan.FromMinutes(5), DateTimeOffset.UtcNow + Validity);
        using var authorityKey = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var authorityRequest = new CertificateRequest("CN=Authority of a test", authorityKey, HashAlgorithmName.SHA256);
        authorityRequest.CertificateExtensions.Add(new X509BasicConstraintsExtension(certificateAuthority: true, false, 0, critical: true));
        using var authority = authorityRequest.CreateSelfSigned(from, until);
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest("CN=localhost", key, HashAlgorithmName.SHA256);
        var names = new SubjectAlternativeNameBuilder();
        names.AddDnsName("localhost");
        names.AddIpAddress(IPAddress.Loopback);
        request.CertificateExtensions.Add(names.Build());
        using var certificate = request.Create(authority, from, until, RandomNumberGenerator.GetBytes(8));
        var made = new ServerCertificate(Path.Combine(folder, "ca.pem"), Path.Combine(folder, "server.pem"), Path.Combine(folder, "server.key"));
        File.WriteAllText(made.Authority, authority.ExportCertificatePem());
        File.WriteAllText(made.Certificate, certificate.ExportCertificatePem());
        File.WriteAllText(made.Key, key.ExportPkcs8PrivateKeyPem());
        return made;
    }
}
