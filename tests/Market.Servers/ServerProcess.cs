using System.Diagnostics;
using System.Globalization;

namespace Market.Servers;

/// <summary>
/// A server of Debian's as a process of ours, in a session of its own, so that Ctrl-C reaches us and not it. Between us and it stands a shell that holds
/// our end of a pipe: when we end, however that is, the pipe ends, and the shell stops the server. None is ever left behind.
/// </summary>
public sealed class ServerProcess : IDisposable
{
    /// <summary>$1: where its output goes; $2: the signal that stops it; then the server's own words. Says the server's process id first.</summary>
    private const string Keeper = """
        log=$1 signal=$2; shift 2
        exec 3<&0
        "$@" </dev/null 3<&- >>"$log" 2>&1 &
        server=$!
        echo $server
        exec >&- 2>>"$log"
        (read -r _ <&3; kill -s "$signal" $server) &
        watch=$!
        wait $server
        ended=$?
        kill $watch 2>/dev/null
        exit $ended
        """;

    /// <summary>An orderly stop of a broker takes some eight seconds.</summary>
    private static readonly TimeSpan LongestStop = TimeSpan.FromSeconds(60);

    private readonly Process _keeper;

    private ServerProcess(Process keeper, int id)
    {
        _keeper = keeper;
        Id = id;
    }

    /// <summary>The server's own process id.</summary>
    public int Id { get; }

    /// <summary>Waits a little, in case it ends.</summary>
    public bool HasEndedWithin(TimeSpan time) => _keeper.WaitForExit(time);

    /// <param name="log">File that its output is added to.</param>
    /// <param name="stopBy">Name of the signal for an orderly stop: INT, TERM, QUIT.</param>
    /// <param name="environment">Added to ours.</param>
    public static ServerProcess Start(string log, string stopBy, IEnumerable<string> words, IReadOnlyDictionary<string, string>? environment = null)
    {
        var start = new ProcessStartInfo("setsid", ["bash", "-c", Keeper, "keeper", log, stopBy, .. words])
        {
            WorkingDirectory = "/",
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
        };
        foreach (var (name, value) in environment ?? new Dictionary<string, string>()) { start.Environment[name] = value; }
        start.Environment.Remove("NOTIFY_SOCKET");
        var keeper = Process.Start(start) ?? throw new InvalidOperationException("setsid did not start.");
        var id = keeper.StandardOutput.ReadLine() ?? throw new InvalidOperationException($"{words.First()} did not start; see {log}.");
        return new ServerProcess(keeper, int.Parse(id, CultureInfo.InvariantCulture));
    }

    /// <summary>Asks it to end in its own way, and waits until it has.</summary>
    public void Stop()
    {
        if (_keeper.HasExited) { return; }
        _keeper.StandardInput.Close();
        if (!_keeper.WaitForExit(LongestStop)) { Kill(); }
    }

    /// <summary>kill -9, and waits until it is gone.</summary>
    public void Kill()
    {
        Signal("KILL");
        _keeper.WaitForExit();
    }

    /// <summary>Sends it a signal: STOP freezes it, CONT lets it go on.</summary>
    public void Signal(string name) => Signal(Id, name);

    /// <summary>Sends any process a signal, e.g. one of the server's children.</summary>
    public static void Signal(int process, string name)
    {
        using var kill = Process.Start("kill", ["-s", name, process.ToString(CultureInfo.InvariantCulture)]);
        kill.WaitForExit();
    }

    public void Dispose()
    {
        Stop();
        _keeper.Dispose();
    }
}
