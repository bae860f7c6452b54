using System.Diagnostics;
using System.Net;

namespace Market.Chaos.Machines;

/// <summary>A network of its own for one node, with one cable to ours that can be pulled. Needs root and <c>ip</c>.</summary>
internal sealed class NetworkNamespace : IDisposable
{
    private const string Program = "/usr/sbin/ip";

    private readonly string _name;

    /// <param name="number">1 to 250: no two on this machine have the same at a time.</param>
    public NetworkNamespace(int number)
    {
        _name = $"monkonomy{number}";
        (Ours, Theirs) = (IPAddress.Parse($"10.213.{number}.1"), IPAddress.Parse($"10.213.{number}.2"));
        TryIp("netns", "del", _name); // of a run that was killed
        TryIp("link", "del", Cable);
        Ip("netns", "add", _name);
        Ip("link", "add", Cable, "type", "veth", "peer", "name", "eth0", "netns", _name);
        Ip("addr", "add", $"{Ours}/24", "dev", Cable);
        Ip("link", "set", Cable, "up");
        Ip("-n", _name, "addr", "add", $"{Theirs}/24", "dev", "eth0");
        Ip("-n", _name, "link", "set", "eth0", "up");
        Ip("-n", _name, "link", "set", "lo", "up");
    }

    /// <summary>Why there can be none; null when there can.</summary>
    public static string? Missing =>
        !File.Exists(Program) ? "There is no ip: apt-get install iproute2."
        : Environment.UserName != "root" ? "A network namespace needs root: run it as root, or in a container that is."
        : null;

    /// <summary>This end of the cable.</summary>
    public IPAddress Ours { get; }

    /// <summary>The other end, where the node is.</summary>
    public IPAddress Theirs { get; }

    /// <summary>Goes before the words of a program that is to run in it.</summary>
    public IReadOnlyList<string> Inside => [Program, "netns", "exec", _name];

    private string Cable => $"{_name}c";

    /// <summary>Nothing passes, and neither end is told.</summary>
    public void Pull() => Ip("link", "set", Cable, "down");

    public void PlugIn() => Ip("link", "set", Cable, "up");

    public void Dispose()
    {
        TryIp("link", "del", Cable);
        TryIp("netns", "del", _name);
    }

    private static void Ip(params string[] words)
    {
        if (Run(words) is { Length: > 0 } said) { throw new InvalidOperationException($"ip {string.Join(' ', words)}: {said}"); }
    }

    private static void TryIp(params string[] words) => Run(words);

    /// <returns>What was wrong; empty when nothing was.</returns>
    private static string Run(string[] words)
    {
        using var process = Process.Start(new ProcessStartInfo(Program, words) { RedirectStandardError = true })!;
        var said = process.StandardError.ReadToEnd();
        process.WaitForExit();
        return process.ExitCode == 0 ? "" : $"{said.Trim()} ({process.ExitCode})";
    }
}
