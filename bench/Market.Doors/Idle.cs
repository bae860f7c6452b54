using System.Diagnostics;

namespace Market.Doors;

/// <summary>A market that runs while nobody looks: the whole node, and beside it the same market without doors, page and metrics.</summary>
internal static class Idle
{
    private static readonly TimeSpan Time = TimeSpan.FromSeconds(60);

    public static async Task RunAsync(DoorsOptions told, DoorTable table, CancellationToken cancel)
    {
        if (!told.Wants("idle")) { return; }
        var bare = await MeasureAsync(told, hasDoors: false, cancel);
        var whole = await MeasureAsync(told, hasDoors: true, cancel);
        table.Add(Row("idle, whole node", whole, "< 0.02 cores", whole < 0.02));
        table.Add(Row("idle, no doors", bare, "", true));
        table.Add(Row("idle, page and metrics", whole - bare, "nothing (≤ 0.002)", whole - bare <= 0.002));
    }

    private static async Task<double> MeasureAsync(DoorsOptions told, bool hasDoors, CancellationToken cancel)
    {
        DoorTable.Progress($"idle, {(hasDoors ? "whole node" : "no doors")}, {Time.TotalSeconds:0} s …");
        await using var node = await LoadedNode.StartAsync(told.Folder, hasDoors: hasDoors);
        await Task.Delay(2_000, cancel);
        using var process = Process.GetCurrentProcess();
        var (cpu, at) = (process.TotalProcessorTime, Stopwatch.GetTimestamp());
        await Task.Delay(Time, cancel);
        process.Refresh();
        return (process.TotalProcessorTime - cpu) / Stopwatch.GetElapsedTime(at);
    }

    private static DoorRow Row(string name, double cores, string floor, bool holds) =>
        new(name, "nobody", null, null, null, null, null, null, cores, null, floor, holds, 0);
}
