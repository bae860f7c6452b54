using System.Diagnostics;
using System.Globalization;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using Market.Actors.Runtime;
using Market.Protocol.Values;
using Market.Servers;

namespace Market.Cluster;

/// <summary>Three nodes, of which one after the other is killed: how long until a trader on every shard is answered again.</summary>
internal static class Failover
{
    private const int Nodes = 3;
    private const int Shards = 16;
    private const double LongestMs = 3_000;

    public static async Task RunAsync(Machine machine, int kills, ClusterTable table, CancellationToken cancel)
    {
        if (!table.Wants("failover")) { return; }
        var nodes = Enumerable.Range(1, Nodes).Select(number => machine.NewNode("failover", $"node-{number}", "door, shards, views")).ToArray();
        try
        {
            foreach (var node in nodes) { node.Start(); }
            foreach (var node in nodes) { await Waiting.ReadyAsync(node.Address, cancel); }
            var probes = await JoinAsync(nodes[0].Address, cancel);
            var times = new List<double>();
            for (var kill = 0; kill < kills; kill++)
            {
                ClusterTable.Progress($"failover, kill {kill + 1} of {kills} …");
                times.Add(await KillAsync(nodes[kill % nodes.Length], nodes[(kill + 1) % nodes.Length], probes, cancel));
                await Even.OfAsync(machine.Broker, "failover", nodes.Length, cancel);
            }
            times.Sort();
            table.Add(new ClusterRow("failover", $"{kills} kills", null, At(times, 0.5), At(times, 0.9), At(times, 0.99), times[^1], "p99 ≤ 3,000 ms", At(times, 0.99) <= LongestMs));
        }
        finally
        {
            foreach (var node in nodes) { node.Dispose(); }
        }
    }

    private static double At(List<double> sorted, double quantile) => sorted[Math.Min(sorted.Count - 1, (int)Math.Ceiling(quantile * sorted.Count) - 1)];

    private static async Task<double> KillAsync(NodeProcess node, NodeProcess door, IReadOnlyList<Probe> probes, CancellationToken cancel)
    {
        node.Kill();
        var start = Stopwatch.GetTimestamp();
        await Task.WhenAll(probes.Select(probe => probe.AnsweredAsync(door.Address, cancel)));
        var ms = Stopwatch.GetElapsedTime(start).TotalMilliseconds;
        node.Start();
        return ms;
    }

    /// <summary>A trader on each shard.</summary>
    private static async Task<IReadOnlyList<Probe>> JoinAsync(Uri node, CancellationToken cancel)
    {
        var placement = new Placement(MarketId.Of("banana"), Shards);
        var names = Enumerable.Range(0, 10_000).Select(i => new TraderKey("BONOBO", string.Create(CultureInfo.InvariantCulture, $"probe-{i}")));
        var probes = new List<Probe>();
        foreach (var shard in names.GroupBy(placement.Of)) { probes.Add(await Probe.JoinAsync(node, shard.First(), cancel)); }
        return probes;
    }

    /// <summary>One trader that asks until it is answered.</summary>
    private sealed class Probe(HttpClient http)
    {
        private int _sent;

        public static async Task<Probe> JoinAsync(Uri node, TraderKey trader, CancellationToken cancel)
        {
            var http = new HttpClient();
            using var answer = await http.PostAsJsonAsync(new Uri(node, "api/markets/banana/traders"), new { team = trader.Team, name = trader.Name }, cancel);
            var joined = await answer.EnsureSuccessStatusCode().Content.ReadFromJsonAsync<JsonElement>(cancel);
            http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", joined.GetProperty("token").GetString());
            return new Probe(http);
        }

        public async Task AnsweredAsync(Uri door, CancellationToken cancel)
        {
            var command = string.Create(CultureInfo.InvariantCulture, $$"""{"txnId":"{{++_sent}}","type":"FEED","monkeys":1}""");
            using var pause = new PeriodicTimer(TimeSpan.FromMilliseconds(10));
            while (true)
            {
                using var content = new StringContent(command, Encoding.UTF8, "application/json");
                using var answer = await http.PostAsync(new Uri(door, "api/markets/banana/commands"), content, cancel);
                if (answer.IsSuccessStatusCode) { return; }
                await pause.WaitForNextTickAsync(cancel);
            }
        }
    }
}
