namespace Market.Bench;

/// <summary>What the heap holds for traders that joined and have not traded.</summary>
/// <param name="ResidentMiB">Of the whole process, garbage and all.</param>
internal sealed record MemoryRow(string When, int Traders, double BytesPerTrader, long HeapMiB, long ResidentMiB);

/// <summary>Everything a node keeps of a trader at rest: key, state, tables, board. No remembered answers: nobody has traded.</summary>
internal static class MemoryAtRest
{
    private const int Shards = 16;

    public static void Run(BenchOptions options)
    {
        var report = new Report<MemoryRow>(options.Json);
        var folder = BenchNode.NewFolder(options.Folder);
        try
        {
            report.Add(Joined(folder, options.Traders));
            report.Add(Recovered(folder, options.Traders));
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
        report.End();
    }

    private static MemoryRow Joined(string folder, int traders)
    {
        using var node = new BenchNode(folder, Shards);
        node.Start();
        node.Join(1);
        var empty = GC.GetTotalMemory(forceFullCollection: true);
        Report.Progress($"{traders:n0} traders join …");
        node.Join(traders);
        return Row("joined", traders, empty);
    }

    private static MemoryRow Recovered(string folder, int traders)
    {
        var before = GC.GetTotalMemory(forceFullCollection: true);
        using var node = new BenchNode(folder, Shards);
        return Row("recovered", traders, before);
    }

    private static MemoryRow Row(string when, int traders, long before)
    {
        var heap = GC.GetTotalMemory(forceFullCollection: true);
        return new MemoryRow(when, traders, (heap - before) / (double)traders, heap >> 20, Environment.WorkingSet >> 20);
    }
}
