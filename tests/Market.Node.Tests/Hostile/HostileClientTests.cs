using System.Collections.Concurrent;
using System.Diagnostics;
using System.Globalization;
using Xunit.Abstractions;

namespace Market.Node.Tests.Hostile;

/// <summary>Memory is measured, so nothing runs beside it.</summary>
[CollectionDefinition(nameof(HostileClientTests), DisableParallelization = true)]
public sealed class HostileClientRuns;

/// <summary>
/// Hostile clients against the real node: nothing they send may harm it, or those who trade meanwhile. 6,000 inputs, or as many as
/// <c>HOSTILE_INPUTS</c> says; the full run is <c>HOSTILE_INPUTS=100000</c>. Each input has a seed; one that failed is sent again with
/// <c>HOSTILE_SEED=SEED HOSTILE_INPUTS=1</c>.
/// </summary>
[Collection(nameof(HostileClientTests))]
public sealed class HostileClientTests(ITestOutputHelper output)
{
    private const int Attackers = 4;

    /// <summary>What the node may have grown by between the first third and the end: its histories, which are bounded, and pooled buffers.</summary>
    private const long MostGrowth = 32 * 1024 * 1024;

    /// <summary>After so many the rest is not sent: they say enough.</summary>
    private const int MostFailures = 10;

    private readonly ConcurrentQueue<string> _failures = new();
    private readonly ConcurrentDictionary<string, int> _outcomes = new();
    private readonly ulong _seed = (ulong)Told("HOSTILE_SEED", 20_260_131);
    private readonly int _inputs = (int)Told("HOSTILE_INPUTS", 6_000);

    [Fact]
    public async Task Whatever_is_sent_is_answered_or_refused_and_harms_nobody()
    {
        await using var node = await HostileNode.StartAsync();
        using var byHttp = new GoodTrader(node.Address, "good-http", await node.JoinAsync("good-http"));
        using var bySocket = new GoodTrader(node.Address, "good-socket", await node.JoinAsync("good-socket"));
        using var stop = new CancellationTokenSource();
        Task[] good = [Task.Run(() => byHttp.ByHttpAsync(stop.Token)), Task.Run(() => bySocket.BySocketAsync(stop.Token))];
        var clock = Stopwatch.StartNew();

        var grown = await AttackAsync(node);
        await stop.CancelAsync();
        await Task.WhenAll(good);
        Report(clock.Elapsed, grown, byHttp, bySocket);

        _failures.ShouldBeEmpty();
        node.Node.DeadLetters.Count.ShouldBe(0);
        node.Node.Engine.Stopped.ShouldBeEmpty();
        byHttp.Accepted.ShouldBeGreaterThan(0);
        bySocket.Accepted.ShouldBeGreaterThan(0);
        grown.ShouldBeLessThan(MostGrowth);
        var audit = await node.StopAndAuditAsync();
        audit.Findings.Kept.Select(finding => $"{finding.Stream} event {finding.Sequence}: {finding.What}").ShouldBeEmpty();
        audit.Holds.ShouldBeTrue();
        output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"audit holds: {audit.Events:N0} events in {audit.Turns:N0} turns, {audit.Traders} traders"));
    }

    /// <returns>By how much memory grew after the first third.</returns>
    private async Task<long> AttackAsync(HostileNode node)
    {
        var token = await node.JoinAsync("hostile");
        var attackers = Enumerable.Range(0, Attackers).Select(_ => new Attacker(node.Address, token, _outcomes)).ToArray();
        try
        {
            await SendAsync(attackers, 0, _inputs / 3);
            var before = GC.GetTotalMemory(forceFullCollection: true);
            await SendAsync(attackers, _inputs / 3, _inputs);
            return GC.GetTotalMemory(forceFullCollection: true) - before;
        }
        finally
        {
            foreach (var attacker in attackers) { attacker.Dispose(); }
        }
    }

    private async Task SendAsync(Attacker[] attackers, int from, int to) =>
        await Task.WhenAll(attackers.Select((attacker, at) => Task.Run(async () =>
        {
            for (var input = from + at; input < to && _failures.Count < MostFailures; input += attackers.Length) { await TrySendAsync(attacker, _seed + (ulong)input); }
            if (_failures.IsEmpty) { await attacker.FinishAsync(); }
        })));

    private async Task TrySendAsync(Attacker attacker, ulong seed)
    {
        try
        {
            await attacker.SendAsync(seed);
        }
        catch (HostileInputException wrong)
        {
            _failures.Enqueue(wrong.Message);
        }
    }

    private void Report(TimeSpan took, long grown, GoodTrader byHttp, GoodTrader bySocket)
    {
        output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{_inputs:N0} inputs in {took.TotalSeconds:N1} s, memory grew by {grown / 1024.0 / 1024:N1} MiB"));
        output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"by HTTP {byHttp.Accepted:N0} accepted, {byHttp.Refused:N0} refused, longest {byHttp.Longest.TotalMilliseconds:N0} ms"));
        output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"by WebSocket {bySocket.Accepted:N0} accepted, {bySocket.Refused:N0} refused, longest {bySocket.Longest.TotalMilliseconds:N0} ms"));
        foreach (var (outcome, count) in _outcomes.OrderBy(outcome => outcome.Key)) { output.WriteLine($"{count,8} {outcome}"); }
    }

    private static long Told(string name, long otherwise) =>
        long.TryParse(Environment.GetEnvironmentVariable(name), NumberStyles.None, CultureInfo.InvariantCulture, out var told) ? told : otherwise;
}
