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
            using (var node = new BenchNode(folder, Shards))
            {
                node.Start();
                node.Join(1);
                var empty = GC.GetTotalMemory(forceFullCollection: true);
                Report.Progress($"{options.Traders:n0} traders join …");
                node.Join(options.Traders);
                report.Add(Row("joined", options.Traders, empty));
            }
            var before = GC.GetTotalMemory(forceFullCollection: true);
            using var again = new BenchNode(folder, Shards);
            report.Add(Row("recovered", options.Traders, before));
            GC.KeepAlive(again);
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
        report.End();
    }

    private static MemoryRow Row(string when, int traders, long before)
    {
        var heap = GC.GetTotalMemory(forceFullCollection: true);
        return new MemoryRow(when, traders, (heap - before) / (double)traders, heap >> 20, Environment.WorkingSet >> 20);
    }
}
