using System.Collections.Concurrent;
using System.Diagnostics;
using System.Text.Json;
using Market.Node.Load;
using Market.Protocol.Values;

namespace Market.Doors;

/// <summary>A thousand watchers of a price that ticks ten times a second: from the time a tick bears to the last watcher that has it.</summary>
internal static class FanOut
{
    private const int Watchers = 1_000;
    private const int TickMs = 100;

    public static async Task RunAsync(DoorsOptions told, DoorTable table, CancellationToken cancel)
    {
        if (!told.Wants("fan-out")) { return; }
        DoorTable.Progress("fan-out …");
        await using var node = await LoadedNode.StartAsync(told.Folder, TickMs);
        var plan = new LoadPlan { Node = node.Url, Market = MarketId.Of("banana") };
        var streams = new List<Stream>();
        for (var i = 0; i < Watchers; i++) { streams.Add(await LoadConnections.WatchAsync(plan)); }
        var arrivals = new Arrivals(node);
        var watching = streams.ConvertAll(stream => WatchAsync(stream, arrivals));
        await Task.Delay(2_000, cancel);
        using var process = Process.GetCurrentProcess();
        var (cpu, at) = (process.TotalProcessorTime, Stopwatch.GetTimestamp());
        arrivals.Begin();
        await Task.Delay(told.Time * told.Rounds, cancel);
        arrivals.End();
        process.Refresh();
        var cores = (process.TotalProcessorTime - cpu) / Stopwatch.GetElapsedTime(at);
        table.Add(Row(arrivals, cores, (told.Time * told.Rounds).TotalSeconds));
        foreach (var stream in streams) { await stream.DisposeAsync(); }
        await Task.WhenAll(watching);
    }

    private static DoorRow Row(Arrivals arrivals, double cores, double seconds)
    {
        var (last, frames, missed) = arrivals.Result();
        return new DoorRow(
            "fan-out", $"{Watchers:n0} watchers × {1_000 / TickMs}/s", frames / seconds, last.Ms(0.5), last.Ms(0.9), last.Ms(0.99), last.Ms(0.999), last.Ms(1),
            cores, null, "p99 ≤ 100 ms, < 1 core", missed == 0 && last.Ms(0.99) <= 100 && cores < 1, missed);
    }

    private static async Task WatchAsync(Stream stream, Arrivals arrivals)
    {
        var frames = new SocketAnswers();
        var bytes = new byte[4_096];
        var length = 0;
        try
        {
            while (await stream.ReadAsync(bytes.AsMemory(length)) is > 0 and var count) { length = Take(bytes, length + count, frames, arrivals); }
        }
        catch (Exception over) when (over is IOException or ObjectDisposedException)
        {
            // the round is over
        }
    }

    private static int Take(byte[] bytes, int length, SocketAnswers frames, Arrivals arrivals)
    {
        var from = 0;
        while (frames.TryRead(bytes.AsSpan(from, length - from), out var frame))
        {
            if (!frame.IsPing) { arrivals.Came(frame.Body); }
            from += frame.Length;
        }
        bytes.AsSpan(from, length - from).CopyTo(bytes);
        return length - from;
    }

    /// <summary>Who has which tick, and when the last got it.</summary>
    private sealed class Arrivals(LoadedNode node)
    {
        private readonly ConcurrentDictionary<long, (int Watchers, double LastMs)> _ticks = new();
        private long _fromSeq = long.MaxValue;
        private long _toSeq = long.MaxValue;

        public void Begin() => Volatile.Write(ref _fromSeq, node.Market.View.Summary.Price.Seq + 1);

        public void End() => Volatile.Write(ref _toSeq, node.Market.View.Summary.Price.Seq - 1);

        public void Came(ReadOnlySpan<byte> frame)
        {
            var json = new Utf8JsonReader(frame);
            var (seq, time) = (0L, default(DateTimeOffset));
            while (json.Read())
            {
                if (json.TokenType is not JsonTokenType.PropertyName) { continue; }
                if (json.ValueTextEquals("seq"u8)) { json.Read(); seq = json.GetInt64(); }
                else if (json.ValueTextEquals("time"u8)) { json.Read(); time = json.GetDateTimeOffset(); }
            }
            var ms = (double)node.Node.Clock.Now.MsSince(Timestamp.Of(time));
            _ticks.AddOrUpdate(seq, (1, ms), (_, tick) => (tick.Watchers + 1, Math.Max(tick.LastMs, ms)));
        }

        public (LatencyHistogram Last, long Frames, long Missed) Result()
        {
            var last = new LatencyHistogram();
            var (frames, missed) = (0L, 0L);
            for (var seq = _fromSeq; seq <= _toSeq; seq++)
            {
                var tick = _ticks.GetValueOrDefault(seq);
                last.Record((long)(tick.LastMs * 1e6));
                frames += tick.Watchers;
                missed += Watchers - tick.Watchers;
            }
            return (last, frames, missed);
        }
    }
}
