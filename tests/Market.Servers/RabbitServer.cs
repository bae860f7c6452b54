using System.Diagnostics;
using System.Globalization;
using System.Net.Http.Headers;
using System.Net.Sockets;
using System.Security.Cryptography;

namespace Market.Servers;

/// <summary>The ports of a broker on loopback: for clients, for its management page, for its own tools, and for Erlang's name server.</summary>
public sealed record RabbitPorts(int Amqp, int Management, int Tools, int Names)
{
    public static RabbitPorts Free() => new(FreePort.Next(), FreePort.Next(), FreePort.Next(), FreePort.Next());
}

/// <summary>
/// A private RabbitMQ of Debian's package, on loopback, with a name, a folder and an Erlang name server of its own; any user may run it; up in some five
/// seconds. Everybody on this machine is <c>guest</c> with the password <c>guest</c>.
/// </summary>
public sealed class RabbitServer : IDisposable
{
    /// <summary>The server itself; the one in the search path starts it as another user.</summary>
    private const string Program = "/usr/lib/rabbitmq/bin/rabbitmq-server";

    private static readonly TimeSpan LongestStart = TimeSpan.FromSeconds(90);

    private static readonly TimeSpan BetweenLooks = TimeSpan.FromMilliseconds(50);

    private readonly string _folder;
    private readonly RabbitPorts _ports;
    private readonly ServerCertificate? _certificate;
    private readonly int _securePort;
    private readonly HttpClient _http;
    private ServerProcess? _names;
    private ServerProcess? _process;

    private RabbitServer(string folder, RabbitPorts ports, ServerCertificate? certificate)
    {
        (_folder, _ports, _certificate, _securePort) = (folder, ports, certificate, certificate is null ? 0 : FreePort.Next());
        _http = new HttpClient { BaseAddress = new Uri($"http://127.0.0.1:{ports.Management}/"), DefaultRequestHeaders = { Authorization = new AuthenticationHeaderValue("Basic", Convert.ToBase64String("guest:guest"u8)) } };
    }

    /// <summary>Why none can be started; null when one can.</summary>
    public static string? Missing => File.Exists(Program) ? null : "There is no RabbitMQ: apt-get install rabbitmq-server.";

    /// <summary>Of its management page.</summary>
    public Uri Management => _http.BaseAddress!;

    /// <param name="certificate">It listens for TLS too, at a port of its own; null, the default, for not.</param>
    /// <exception cref="InvalidOperationException">It does not start; says where its log is.</exception>
    public static RabbitServer Start(string folder, RabbitPorts ports, ServerCertificate? certificate = null)
    {
        var server = new RabbitServer(folder, ports, certificate);
        server.Prepare();
        server.Start();
        return server;
    }

    /// <summary>What a client connects to.</summary>
    /// <param name="vhost">A virtual host, none but <c>a-z0-9-</c>; the one that is always there by default.</param>
    public Uri Address(string vhost = "") => new($"amqp://guest:guest@127.0.0.1:{_ports.Amqp}/{vhost}");

    /// <summary>What a client connects to over TLS.</summary>
    public Uri SecureAddress => new($"amqps://guest:guest@127.0.0.1:{_securePort}/");

    /// <summary>Makes a virtual host: nothing in it is seen from another.</summary>
    public async Task<Uri> NewHostAsync(string vhost)
    {
        using var made = await _http.PutAsync(new Uri($"api/vhosts/{vhost}", UriKind.Relative), null);
        made.EnsureSuccessStatusCode();
        return Address(vhost);
    }

    /// <summary>Ends all connections: what was sent by them and not acknowledged is for the next in line, even when a client hears of it later.</summary>
    public async Task CloseConnectionsAsync()
    {
        using var closed = await _http.DeleteAsync(new Uri("api/connections/username/guest", UriKind.Relative));
        closed.EnsureSuccessStatusCode();
    }

    /// <summary>Starts it again, after <see cref="Kill"/> too; returns when clients can connect.</summary>
    public void Start()
    {
        _names ??= ServerProcess.Start(Path.Combine(_folder, "names.log"), "KILL", ["epmd", "-port", Text(_ports.Names), "-address", "127.0.0.1"]);
        _process?.Dispose();
        _process = ServerProcess.Start(Path.Combine(_folder, "rabbitmq.log"), "TERM", [Program], Environment());
        var since = Stopwatch.StartNew();
        while (!Answers())
        {
            if (_process.HasEndedWithin(BetweenLooks) || since.Elapsed > LongestStart) { throw new InvalidOperationException($"RabbitMQ did not start; see {_folder}/rabbitmq.log and {_folder}/log."); }
        }
    }

    /// <summary>kill -9, and waits until its port is let go of.</summary>
    public void Kill() => _process!.Kill();

    public void Stop() => _process!.Stop();

    public void Dispose()
    {
        _process?.Dispose();
        _names?.Dispose();
        _http.Dispose();
    }

    private static string Text(int port) => port.ToString(CultureInfo.InvariantCulture);

    private string In(string name) => Path.Combine(_folder, name);

    private void Prepare()
    {
        foreach (var folder in (string[])["home", "mnesia", "log"]) { Directory.CreateDirectory(In(folder)); }
        if (!File.Exists(In("home/.erlang.cookie")))
        {
            File.WriteAllText(In("home/.erlang.cookie"), Convert.ToHexString(RandomNumberGenerator.GetBytes(16)));
            if (!OperatingSystem.IsWindows()) { File.SetUnixFileMode(In("home/.erlang.cookie"), UnixFileMode.UserRead); }
        }
        File.WriteAllText(In("enabled_plugins"), "[rabbitmq_management].\n");
        File.WriteAllText(In("environment.conf"), "");
        File.WriteAllText(In("rabbitmq.conf"), $"""
            listeners.tcp.1 = 127.0.0.1:{_ports.Amqp}
            management.tcp.ip = 127.0.0.1
            management.tcp.port = {_ports.Management}
            vm_memory_high_watermark.absolute = 512MB
            raft.wal_max_size_bytes = 67108864
            disk_free_limit.absolute = 50MB
            log.console = false
            {Secure()}

            """);
    }

    private string Secure() => _certificate is null ? "" : $"""
        listeners.ssl.1 = 127.0.0.1:{_securePort}
        ssl_options.cacertfile = {_certificate.Authority}
        ssl_options.certfile = {_certificate.Certificate}
        ssl_options.keyfile = {_certificate.Key}
        """;

    private Dictionary<string, string> Environment() => new()
    {
        ["HOME"] = In("home"), // Erlang's cookie is read from here
        ["RUNNING_UNDER_SYSTEMD"] = "true", // so that the script becomes the broker instead of having it as a child
        ["RABBITMQ_SCHEDULER_BIND_TYPE"] = "u", // its threads share the processors with all else here; bound to one each they would wait for it
        ["RABBITMQ_NODENAME"] = $"market{_ports.Amqp}@localhost",
        ["RABBITMQ_CONF_ENV_FILE"] = In("environment.conf"),
        ["RABBITMQ_CONFIG_FILE"] = In("rabbitmq.conf"),
        ["RABBITMQ_ADVANCED_CONFIG_FILE"] = In("advanced.config"),
        ["RABBITMQ_NODE_IP_ADDRESS"] = "127.0.0.1",
        ["RABBITMQ_NODE_PORT"] = Text(_ports.Amqp),
        ["RABBITMQ_DIST_PORT"] = Text(_ports.Tools),
        ["RABBITMQ_MNESIA_BASE"] = In("mnesia"),
        ["RABBITMQ_LOG_BASE"] = In("log"),
        ["RABBITMQ_ENABLED_PLUGINS_FILE"] = In("enabled_plugins"),
        ["RABBITMQ_FEATURE_FLAGS_FILE"] = In("feature_flags"),
        ["RABBITMQ_PID_FILE"] = In("rabbit.pid"),
        ["RABBITMQ_SCHEMA_DIR"] = In("schema"),
        ["RABBITMQ_GENERATED_CONFIG_DIR"] = In("config"),
        ["ERL_EPMD_PORT"] = Text(_ports.Names),
        ["ERL_EPMD_ADDRESS"] = "127.0.0.1",
        ["RABBITMQ_SERVER_ADDITIONAL_ERL_ARGS"] = "-kernel inet_dist_use_interface {127,0,0,1}",
    };

    /// <summary>Its listener opens when it can serve.</summary>
    private bool Answers()
    {
        try
        {
            using var client = new TcpClient();
            client.Connect("127.0.0.1", _ports.Amqp);
            return true;
        }
        catch (SocketException)
        {
            return false;
        }
    }
}
