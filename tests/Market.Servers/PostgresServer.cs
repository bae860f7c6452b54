using System.Diagnostics;
using System.Globalization;

namespace Market.Servers;

/// <summary>
/// A private PostgreSQL of Debian's package, on loopback, with a folder of its own; up in about a second. It keeps what it
/// confirms: fsync and synchronous_commit are as they are by themselves, on.
/// Root may not run one, so there it runs as the package's user <c>postgres</c>.
/// </summary>
public sealed class PostgresServer : IDisposable
{
    private const string Programs = "/usr/lib/postgresql";

    private static readonly TimeSpan LongestStart = TimeSpan.FromSeconds(60);

    private static readonly TimeSpan BetweenLooks = TimeSpan.FromMilliseconds(20);

    private readonly string _folder;
    private string[] _secure = [];
    private ServerProcess? _process;

    private PostgresServer(string folder, int port) => (_folder, Port) = (folder, port);

    /// <summary>Why none can be started; null when one can.</summary>
    public static string? Missing => Bin is null ? "There is no PostgreSQL: apt-get install postgresql." : null;

    public int Port { get; }

    /// <summary>For the database's own administrator.</summary>
    public string ConnectionString => As("postgres");

    private static string? Bin => Directory.Exists(Programs)
        ? Directory.EnumerateDirectories(Programs).Select(version => Path.Combine(version, "bin")).Where(bin => File.Exists(Path.Combine(bin, "initdb"))).Order(StringComparer.Ordinal).LastOrDefault()
        : null;

    private string Data => Path.Combine(_folder, "data");

    private string Log => Path.Combine(_folder, "postgres.log");

    /// <summary>Makes the folder a server's when it is none yet, and starts it.</summary>
    /// <param name="folder">Of its own; user <c>postgres</c> must be able to reach it where root starts it.</param>
    /// <param name="certificate">It speaks TLS with those who ask for it; null, the default, for not.</param>
    /// <exception cref="InvalidOperationException">It does not start; says where its log is.</exception>
    public static PostgresServer Start(string folder, int port, ServerCertificate? certificate = null)
    {
        var server = new PostgresServer(folder, port);
        Directory.CreateDirectory(folder);
        if (Environment.UserName == "root") { Run(["chown", "postgres", folder]); }
        if (!Directory.Exists(server.Data)) { Run([.. AsServer, $"{Bin}/initdb", "-D", server.Data, "-U", "postgres", "-A", "trust", "-E", "UTF8", "--no-locale"]); }
        if (certificate is not null) { server.Secure(certificate); }
        server.Start();
        return server;
    }

    /// <summary>As a role that may log in; on loopback nobody asks for a password.</summary>
    public string As(string role) => $"Host=127.0.0.1;Port={Port};Username={role};Database=postgres";

    /// <summary>Starts it again, after <see cref="Kill"/> too; returns when it answers.</summary>
    public void Start()
    {
        string[] settings = [$"port={Port}", "listen_addresses=127.0.0.1", "unix_socket_directories=", "max_connections=200", .. _secure];
        var since = Stopwatch.StartNew();
        do
        {
            _process?.Dispose();
            _process = ServerProcess.Start(Log, "INT", [.. AsServer, $"{Bin}/postgres", "-D", Data, .. settings.SelectMany(setting => new[] { "-c", setting })]);
            while (!_process.HasEndedWithin(BetweenLooks))
            {
                if (IsReady()) { return; }
                if (since.Elapsed > LongestStart) { throw new InvalidOperationException($"PostgreSQL does not get ready; see {Log}."); }
            }
        }
        while (since.Elapsed < LongestStart && File.Exists(Path.Combine(Data, "postmaster.pid"))); // what was killed has children that are still ending
        throw new InvalidOperationException($"PostgreSQL ended while it started: {string.Join(' ', File.ReadLines(Log).TakeLast(3))} ({Log})");
    }

    /// <summary>kill -9: its children notice and end by themselves.</summary>
    public void Kill() => _process!.Kill();

    public void Stop() => _process!.Stop();

    public void Dispose() => _process?.Dispose();

    /// <summary>It takes a key that is its own only, and nobody else can read.</summary>
    private void Secure(ServerCertificate certificate)
    {
        var (own, key) = (Path.Combine(_folder, "server.pem"), Path.Combine(_folder, "server.key"));
        File.Copy(certificate.Certificate, own, overwrite: true);
        File.Copy(certificate.Key, key, overwrite: true);
        if (!OperatingSystem.IsWindows()) { File.SetUnixFileMode(key, UnixFileMode.UserRead | UnixFileMode.UserWrite); }
        if (Environment.UserName == "root") { Run(["chown", "postgres", own, key]); }
        _secure = ["ssl=on", $"ssl_cert_file={own}", $"ssl_key_file={key}"];
    }

    private static string[] AsServer => Environment.UserName == "root" ? ["setpriv", "--reuid=postgres", "--regid=postgres", "--init-groups", "--"] : [];

    /// <summary>Its own file says so; another server on the port would answer a question there.</summary>
    private bool IsReady()
    {
        var file = Path.Combine(Data, "postmaster.pid");
        string[] lines = File.Exists(file) ? File.ReadAllLines(file) : [];
        return lines.Length >= 8 && lines[0] == _process!.Id.ToString(CultureInfo.InvariantCulture) && lines[7].Trim() is "ready" or "standby";
    }

    private static void Run(string[] words)
    {
        var start = new ProcessStartInfo(words[0], words[1..]) { WorkingDirectory = "/", RedirectStandardOutput = true, RedirectStandardError = true };
        using var process = Process.Start(start)!;
        process.OutputDataReceived += (_, _) => { };
        process.BeginOutputReadLine();
        var said = process.StandardError.ReadToEnd();
        process.WaitForExit();
        if (process.ExitCode != 0) { throw new InvalidOperationException($"{string.Join(' ', words)} ended with {process.ExitCode}: {said.Trim()}"); }
    }
}
