using System.Diagnostics;
using System.Globalization;
using Market.Chaos.Faults;
using Market.Chaos.Judgement;
using Market.Chaos.Machines;
using Market.Chaos.Traders;
using Market.Servers;

namespace Market.Chaos;

/// <summary>
/// Three nodes under load while one thing after another goes wrong; then everything is whole again, and what the traders were told is held against what the
/// journal and the boards say.
/// </summary>
internal sealed class LongDay(DayPlan plan, TextWriter progress)
{
    private const int Shards = 16;
    private const int TradersAShard = 3;

    /// <summary>After the last fault is put right, until everything answers.</summary>
    private static readonly TimeSpan Convalescence = TimeSpan.FromSeconds(60);

    private readonly Stopwatch _clock = Stopwatch.StartNew();
    private readonly Pulses _pulses = new(Shards);
    private readonly List<Happened> _happened = [];
    private readonly List<string> _wrong = [];

    public async Task<DayReport> RunAsync()
    {
        using var network = plan.Network is { } number ? new NetworkNamespace(number) : null;
        await using var room = new Room(plan.Folder, plan.LongestInvestment);
        foreach (var name in (string[])["node-1", "node-2", "node-3"]) { await room.AddAsync(name, name == "node-3" ? network : null); }
        var conflicts = new ConflictCount(room.Machines);
        Say("three nodes, a broker and a database are there");
        await using var trading = await Trading.JoinAsync(room.Doors[0], [new SocketDoor(room.Doors), new SocketDoor(room.Doors), new ExchangeDoor(room.Broker.Address())], _pulses, plan.Folder, TradersAShard, (ulong)plan.Seed);
        trading.Start(plan.OrdersPerSecond);
        Say($"{trading.Traders.Count} traders, {plan.OrdersPerSecond} orders/s");
        var poison = new Poison(room, Shards);
        await SufferAsync(new Misfortune(room, poison, plan.Seed, plan.Kinds), conflicts);
        var looks = new Looks(room.Doors);
        if (await looks.ReadyAsync(Convalescence) is { } unready) { _wrong.Add(unready); }
        await trading.StopAsync(Convalescence);
        Say("everything is whole again, and all commands are answered");
        return await ReckonAsync(room, trading, poison, looks);
    }

    private async Task SufferAsync(Misfortune misfortune, ConflictCount conflicts)
    {
        var going = new List<(Fault Fault, Task Task)>();
        using var pace = new PeriodicTimer(plan.Every);
        var until = _clock.Elapsed + plan.Lasts;
        var seen = conflicts.Now();
        while (await pace.WaitForNextTickAsync() && _clock.Elapsed < until)
        {
            foreach (var (_, task) in going.Where(one => one.Task.IsCompleted)) { await task; }
            going.RemoveAll(one => one.Task.IsCompleted);
            var busy = going.SelectMany(one => one.Fault.Parts).ToHashSet();
            if (misfortune.Draw(busy) is not { } fault) { continue; }
            seen = Close(seen, conflicts.Now());
            _happened.Add(new Happened(fault, _pulses.Begin()));
            going.Add((fault, fault.RunAsync()));
            Say(fault.What);
        }
        await Task.WhenAll(going.Select(one => one.Task));
        await Pause.ForAsync(plan.Every); // what the last one leads to
        Close(seen, conflicts.Now());
    }

    /// <summary>Says what the last fault led to so far.</summary>
    private long Close(long seen, long conflicts)
    {
        if (_happened.Count == 0) { return conflicts; }
        _pulses.CountUntilNow();
        var last = _happened[^1];
        last.Conflicts = conflicts - seen;
        var said = last.Stretch;
        Say(string.Create(
            CultureInfo.InvariantCulture,
            $"    silent for {said.Silence.TotalSeconds:0.0} s (shard {said.Shard}); {said.Frames} frames answered, {said.Refusals} refused, {said.Losses} lost or late, {last.Conflicts} conflicts"));
        return conflicts;
    }

    private async Task<DayReport> ReckonAsync(Room room, Trading trading, Poison poison, Looks looks)
    {
        var accounts = trading.Traders.Select(trader => trader.Account).ToArray();
        _wrong.AddRange(trading.Traders.SelectMany(trader => trader.Wrong));
        var (boards, unsettled) = await looks.SettledBoardsAsync(plan.LongestInvestment + Convalescence);
        if (unsettled is not null) { _wrong.Add(unsettled); }
        Say("every investment is home");
        var journal = new JournalRecords(room.Database.ConnectionString, plan.Folder);
        _wrong.AddRange(await journal.AgreesWithAsync(accounts, trading.Files));
        _wrong.AddRange(Boards.Compare(boards, await journal.BoardAsync(), accounts));
        if (await poison.SetAsideAsync() is var aside && aside != poison.Put) { _wrong.Add($"{poison.Put} messages of poison were put into queues, and {aside} messages were set aside."); }
        foreach (var machine in room.Machines) { await Task.Run(machine.Node.Stop); }
        return new DayReport
        {
            Seed = plan.Seed,
            Minutes = plan.Lasts.TotalMinutes,
            Faults = [.. _happened.GroupBy(one => one.Fault.Kind).OrderBy(kind => kind.Key, StringComparer.Ordinal).Select(kind => FaultRow.Of(kind.Key, [.. kind]))],
            Answered = accounts.Sum(account => account.Answers),
            ByDoor = trading.Traders.GroupBy(trader => trader.Kind).ToDictionary(kind => kind.Key, kind => kind.Sum(trader => trader.Account.Answers)),
            Accepted = accounts.Sum(account => account.ByStatus.GetValueOrDefault("ACCEPTED")),
            Events = journal.Events,
            Wrong = _wrong,
        };
    }

    private void Say(string what) => progress.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{_clock.Elapsed:mm\\:ss\\.f}  {what}"));
}
