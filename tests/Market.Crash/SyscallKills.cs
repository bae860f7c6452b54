using System.ComponentModel;
using System.Diagnostics;

namespace Market.Crash;

/// <summary>
/// Kills the node as it enters a chosen call on a file: the n-th write, sync or cut of one of its threads. What files hold changes by such
/// calls only, so this reaches every state that a kill can leave.
/// </summary>
internal sealed class SyscallKills(NodeProcess node, Random chance)
{
    /// <summary>The calls of SQLite as it comes with the node, on Linux; writes come in pairs and more for each sync, so each has a farthest place of its own.</summary>
    private static readonly (string Call, int Farthest)[] Calls = [("pwrite64", 600), ("fsync", 150)];

    /// <summary>Frames answered within which the call must have come: each of them was written and synced.</summary>
    private const long MostAnswers = 20_000;

    private readonly Dictionary<string, int> _killed = [];
    private int _inStart;
    private int _neverCame;

    public static bool CanTrace()
    {
        try
        {
            using var process = Process.Start(new ProcessStartInfo("strace", ["-V"]) { RedirectStandardOutput = true })!;
            process.WaitForExit();
            return process.ExitCode == 0;
        }
        catch (Win32Exception)
        {
            return false; // no such program here
        }
    }

    /// <summary>Ends with the node running untraced.</summary>
    /// <param name="answered">How many frames were answered so far.</param>
    public async Task RunAsync(int kills, Func<long> answered)
    {
        await node.KillAsync();
        for (var kill = 1; kill <= kills; kill++)
        {
            await KillOnceAsync(answered);
            if (kill % 10 == 0) { Console.WriteLine($"  {kill} kills, {answered()} frames answered"); }
        }
        await node.StartAsync();
    }

    public override string ToString() => $"Killed entering {string.Join(", ", _killed.Select(count => $"{count.Value} {count.Key}"))}; {_inStart} of them before the node listened, {_neverCame} by hand because the call did not come.";

    private async Task KillOnceAsync(Func<long> answered)
    {
        var (call, farthest) = Calls[chance.Next(Calls.Length)];
        // Half of the places are near, where the node is still recovering.
        var place = 1 + chance.Next(chance.Next(2) == 0 ? Math.Min(8, farthest) : farthest);
        _killed[call] = _killed.GetValueOrDefault(call) + 1;
        try
        {
            await node.StartAsync("strace", "-f", "-qq", "-o", "/dev/null", "-e", $"trace={call}", "-e", $"inject={call}:signal=SIGKILL:when={place}");
        }
        catch (InvalidOperationException)
        {
            _inStart++; // killed before it listened
        }
        var ended = node.WaitForEndAsync();
        var until = answered() + MostAnswers;
        while (!ended.IsCompleted && answered() < until) { await Task.Yield(); }
        if (ended.IsCompleted) { return; }
        _neverCame++;
        await node.KillTracedAsync();
    }
}
