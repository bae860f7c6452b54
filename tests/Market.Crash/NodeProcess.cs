using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Runtime.InteropServices;

namespace Market.Crash;

/// <summary>A node as its own process, to be killed.</summary>
internal sealed class NodeProcess(string data, int port, IReadOnlyList<string> extra) : IDisposable
{
    private static readonly TimeSpan StartPatience = TimeSpan.FromSeconds(60);

    private Process? _process;

    private static string Program { get; } = Path.Combine(AppContext.BaseDirectory, "monkonomy.dll");

    public Uri Address { get; } = new($"http://127.0.0.1:{port}");

    public static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }

    /// <summary>Starts it and waits until it says where it listens.</summary>
    /// <param name="tracer">A command line that runs the node's as its own; none for none.</param>
    /// <exception cref="InvalidOperationException">It ended instead.</exception>
    public async Task StartAsync(params string[] tracer)
    {
        string[] command = [.. tracer, "dotnet", Program, "run", "--data", data, "--http", $"127.0.0.1:{port}", .. extra];
        var start = new ProcessStartInfo(command[0], command.Skip(1)) { RedirectStandardOutput = true, RedirectStandardError = true };
        var ready = new TaskCompletionSource();
        var said = new List<string>();
        _process = Process.Start(start) ?? throw new InvalidOperationException("dotnet did not start.");
        void Hear(string? line)
        {
            if (line is null) { return; }
            lock (said) { said.Add(line); }
            if (line.Contains(Address.Authority, StringComparison.Ordinal)) { ready.TrySetResult(); }
        }
        _process.OutputDataReceived += (_, e) => Hear(e.Data);
        _process.ErrorDataReceived += (_, e) => Hear(e.Data);
        _process.BeginOutputReadLine();
        _process.BeginErrorReadLine();
        var ended = _process.WaitForExitAsync();
        if (await Task.WhenAny(ready.Task, ended).WaitAsync(StartPatience) == ended)
        {
            throw new InvalidOperationException("The node ended instead of starting:\n" + string.Join('\n', said));
        }
    }

    /// <summary>Waits until it was killed by another.</summary>
    public Task WaitForEndAsync() => _process!.WaitForExitAsync();

    /// <summary>Runs a verb of the same program to its end.</summary>
    public static async Task<int> RunAsync(params string[] words)
    {
        using var process = Process.Start(new ProcessStartInfo("dotnet", [Program, .. words])) ?? throw new InvalidOperationException("dotnet did not start.");
        await process.WaitForExitAsync();
        return process.ExitCode;
    }

    /// <summary>kill −9, and waits until it is gone.</summary>
    public async Task KillAsync()
    {
        _process!.Kill();
        await _process.WaitForExitAsync();
        _process.Dispose();
    }

    /// <summary>kill −9 of the node that runs under a tracer; the tracer ends with it.</summary>
    public async Task KillTracedAsync()
    {
        var tracer = _process!.Id;
        var traced = await File.ReadAllTextAsync($"/proc/{tracer}/task/{tracer}/children");
        foreach (var child in traced.Split(' ', StringSplitOptions.RemoveEmptyEntries)) { _ = SendSignal(int.Parse(child, CultureInfo.InvariantCulture), SigKill); }
        await _process.WaitForExitAsync();
    }

    /// <summary>SIGTERM, and waits until it has ended by itself.</summary>
    public async Task<int> StopAsync()
    {
        _ = SendSignal(_process!.Id, SigTerm);
        await _process.WaitForExitAsync();
        return _process.ExitCode;
    }

    public void Dispose()
    {
        if (_process is { HasExited: false }) { _process.Kill(); }
        _process?.Dispose();
    }

    private const int SigKill = 9;
    private const int SigTerm = 15;

    [DllImport("libc", EntryPoint = "kill")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.System32)]
    private static extern int SendSignal(int process, int signal);
}
