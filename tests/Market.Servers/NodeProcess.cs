using System.Diagnostics;

namespace Market.Servers;

/// <summary>A node of a cluster as a process of its own, to be killed, frozen, stopped and started again.</summary>
public sealed class NodeProcess : IDisposable
{
    private static readonly TimeSpan LongestStart = TimeSpan.FromSeconds(60);

    private static readonly TimeSpan BetweenLooks = TimeSpan.FromMilliseconds(20);

    private readonly string _program;
    private readonly string _folder;
    private readonly IReadOnlyDictionary<string, string> _environment;
    private ServerProcess? _process;

    /// <param name="program">The node's assembly, <c>monkonomy.dll</c>.</param>
    /// <param name="folder">Of its own, for what it keeps and for its log.</param>
    /// <param name="environment">Where its broker and database are, who it is, and its secrets.</param>
    public NodeProcess(string program, string folder, string name, IReadOnlyDictionary<string, string> environment)
    {
        (_program, _folder, Name) = (program, folder, name);
        Address = new Uri($"http://127.0.0.1:{FreePort.Next()}/");
        _environment = new Dictionary<string, string>(environment) { ["MONKONOMY_CLUSTER_TRANSPORT"] = "rabbitmq", ["MONKONOMY_CLUSTER_NODE"] = name };
    }

    public string Name { get; }

    /// <summary>Of its HTTP door; stays the same when it is started again.</summary>
    public Uri Address { get; }

    /// <summary>What it wrote, all its lives.</summary>
    public string Log => Path.Combine(_folder, "node.log");

    /// <summary>Starts it, again after its end too, and returns when its door is open; it may not take part yet.</summary>
    /// <exception cref="InvalidOperationException">It ended instead; says what it wrote last.</exception>
    public void Start()
    {
        Directory.CreateDirectory(_folder);
        _process?.Dispose();
        string[] words = ["dotnet", _program, "run", "--bots", "0", "--data", Path.Combine(_folder, "data"), "--http", $"127.0.0.1:{Address.Port}"];
        _process = ServerProcess.Start(Log, "TERM", words, _environment);
        var since = Stopwatch.StartNew();
        while (!IsOpen())
        {
            if (_process.HasEndedWithin(BetweenLooks) || since.Elapsed > LongestStart)
            {
                throw new InvalidOperationException($"{Name} did not start: {string.Join(' ', File.ReadLines(Log).TakeLast(3))} ({Log})");
            }
        }
    }

    /// <summary>kill -9.</summary>
    public void Kill() => _process!.Kill();

    /// <summary>Asks it to leave, and waits until it has.</summary>
    public void Stop() => _process!.Stop();

    /// <summary>It does nothing from here on, and its connections stay open, until <see cref="GoOn"/>.</summary>
    public void Freeze() => _process!.Signal("STOP");

    public void GoOn() => _process!.Signal("CONT");

    public void Dispose() => _process?.Dispose();

    private bool IsOpen()
    {
        using var client = new System.Net.Sockets.TcpClient();
        try
        {
            client.Connect("127.0.0.1", Address.Port);
            return true;
        }
        catch (System.Net.Sockets.SocketException)
        {
            return false;
        }
    }
}
