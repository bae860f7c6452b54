using System.Diagnostics;
using System.Net;

namespace Market.Servers;

/// <summary>A node of a cluster as a process of its own, to be killed, frozen, stopped and started again.</summary>
public sealed class NodeProcess : IDisposable
{
    private static readonly TimeSpan LongestStart = TimeSpan.FromSeconds(60);

    private static readonly TimeSpan BetweenLooks = TimeSpan.FromMilliseconds(20);

    private readonly string _program;
    private readonly string _folder;
    private readonly IReadOnlyDictionary<string, string> _environment;
    private readonly IReadOnlyList<string> _words;
    private readonly int _port;
    private ServerProcess? _process;

    /// <param name="program">The node's assembly, <c>monkonomy.dll</c>.</param>
    /// <param name="folder">Of its own, for what it keeps and for its log.</param>
    /// <param name="environment">Where its broker and database are, and its secrets.</param>
    /// <param name="port">Of its HTTP door; null for any that is free.</param>
    /// <param name="words">More of its command line.</param>
    public NodeProcess(string program, string folder, string name, IReadOnlyDictionary<string, string> environment, int? port = null, params IReadOnlyList<string> words)
    {
        (_program, _folder, Name, _environment, _words, _port) = (program, folder, name, environment, words, port ?? FreePort.Next());
    }

    public string Name { get; }

    /// <summary>Of its HTTP door; stays the same when it is started again.</summary>
    public Uri Address => new($"http://{Listens}:{_port}/");

    /// <summary>Where its HTTP door listens; loopback by default.</summary>
    public IPAddress Listens { get; init; } = IPAddress.Loopback;

    /// <summary>Words that go before its own, of a program that becomes it, e.g. in a network of its own; none by default.</summary>
    public IReadOnlyList<string> Inside { get; init; } = [];

    /// <summary>What it wrote, all its lives.</summary>
    public string Log => Path.Combine(_folder, "node.log");

    /// <summary>Starts it, again after its end too, and returns when its door is open; it may not take part yet.</summary>
    /// <exception cref="InvalidOperationException">It ended instead; says what it wrote last.</exception>
    public void Start()
    {
        Directory.CreateDirectory(_folder);
        _process?.Dispose();
        string[] words = [.. Inside, "dotnet", _program, "node", "--name", Name, "--data", Path.Combine(_folder, "data"), "--http", Address.Authority, .. _words];
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

    /// <summary>Starts it when it has ended, and lets it go on when it is frozen; nothing when it runs.</summary>
    public void Revive()
    {
        if (_process!.HasEndedWithin(TimeSpan.Zero)) { Start(); }
        else { GoOn(); }
    }

    public void Dispose() => _process?.Dispose();

    private bool IsOpen()
    {
        using var client = new System.Net.Sockets.TcpClient();
        try
        {
            client.Connect(Listens, _port);
            return true;
        }
        catch (System.Net.Sockets.SocketException)
        {
            return false;
        }
    }
}
