using Market.Actors.Answers;
using Market.Actors.Journal;
using Market.Actors.Runtime;

namespace Market.Actors.Simulation.Cluster;

/// <summary>
/// A history of several nodes over one broker and one database: any of them may die, stand still, be cut off and come back; and still there is one
/// journal, judged by the same oracle and the same laws as that of a node of its own.
/// </summary>
internal sealed class ClusterWorld : World
{
    private const int MostRoundsToSettle = 2_000;
    private const int NoticeMs = 500;

    // By number; null while none runs.
    private readonly ClusterMachine?[] _nodes;
    private readonly Faults[] _faults;
    private int _lives;

    public ClusterWorld(Climate climate, Laws laws, Coverage coverage, Saboteur saboteur) : base(climate, laws, coverage, saboteur)
    {
        _nodes = new ClusterMachine?[climate.Nodes];
        _faults = [.. Enumerable.Range(0, climate.Nodes).Select(_ => new Faults())];
        Broker = new Broker(coverage, laws, Oracles.SelectMany(oracle => oracle.Shards.Select(shard => new StreamId(oracle.Rules.Market, shard.Number))));
    }

    public Broker Broker { get; }

    public IEnumerable<ClusterMachine> Nodes => _nodes.OfType<ClusterMachine>();

    public override IEnumerable<Machine> Machines => Nodes;

    public override bool HasOthers => true;

    public override bool IsAhead(Attempt attempt) => false;

    /// <summary>Whether others have written a shard's journal on since this one knew it.</summary>
    public bool IsBehind(Shard shard) => shard.NextSequence < Oracle(shard.Stream.Market).Shards[shard.Stream.Shard].NextSequence;

    public override bool MayFail(Failure failure) =>
        failure.Kind is FailureKind.JournalUnavailable or FailureKind.Unreachable or FailureKind.ShardStopped or FailureKind.Overloaded;

    /// <summary>Some nodes do some of what they would.</summary>
    /// <param name="rota">Draws who does what; null lets everybody do everything.</param>
    public override bool Round(Lots? rota)
    {
        if (rota is null) { return ActAll(); }
        for (var left = rota.Next(1, 6); left > 0; left--)
        {
            var number = rota.Next(_nodes.Length);
            if (_nodes[number] is null && rota.OneIn(4)) { TryStart(number); }
            if (_nodes[number] is { CanAct: true } node) { Act(node, () => node.Act(rota), rota); }
        }
        Wear();
        return true;
    }

    public override void Carry(Lots lots)
    {
        var number = lots.Next(_nodes.Length);
        if (_nodes[number]?.Connection is { } connection) { connection.Carry(lots.Next(1, 12)); }
    }

    public override void Settle()
    {
        for (var rounds = 0; rounds < MostRoundsToSettle; rounds++)
        {
            if (!SettleOnce()) { return; }
        }
        Laws.Require(false, Law.WhatIsDueHappens, $"after {MostRoundsToSettle} rounds there is still something to do.");
    }

    public override void SettleFor(int rounds)
    {
        for (; rounds > 0 && SettleOnce(); rounds--) { Wear(); }
    }

    public override void Snapshot(long after)
    {
        foreach (var node in Nodes.Where(node => node.CanAct)) { node.Engine.SaveSnapshots(after); }
    }

    public override bool Strike(StepKind kind, Lots lots)
    {
        var number = lots.Next(_nodes.Length);
        var (node, faults) = (_nodes[number], _faults[number]);
        switch (kind)
        {
            case StepKind.LoseRequest or StepKind.RepeatRequest or StepKind.ClockForward: return false;
            case StepKind.FailAppend: faults.FailAppend = (AppendFailure)lots.Next(2); break; // in a database it is kept or not
            case StepKind.FailProbe: faults.FailProbes = lots.Next(1, 4); break;
            case StepKind.FailSave: faults.FailSave = true; break;
            case StepKind.FailRead: faults.FailReadAfter = lots.Next(8); break;
            case StepKind.SlowDisk: faults.SlowDisk = new Lots(lots.Bits()); break;
            case StepKind.CrashAtAppend: faults.CrashAtAppend = lots.OneIn(2) ? AppendMoment.Before : AppendMoment.After; break;
            default: Strike(kind, node, lots); break;
        }
        return true;
    }

    public override void GoOnDuringAppend(Machine writing, Lots lots)
    {
        Pass(lots.Next(1, 2_000));
        for (var left = lots.Next(20); left > 0; left--)
        {
            var other = lots.Of(_nodes);
            if (other is { CanAct: true }) { Act(other, () => other.Act(lots), lots); }
            other?.Connection?.Carry(lots.Next(1, 6));
        }
    }

    public override void ClearUp()
    {
        IsLoose = false;
        foreach (var faults in _faults) { faults.Disarm(); }
        foreach (var node in Nodes) { (node.FrozenFor, node.AwayFor, node.CutOffFor) = (0, 0, 0); }
        for (var i = 0; i < _nodes.Length; i++) { TryStart(i); }
        for (var beats = 0; beats < 16; beats++)
        {
            Settle();
            Pass(NoticeMs);
        }
        Settle();
    }

    public override void Restart()
    {
        foreach (var node in Nodes.ToList()) { Bury(node, new Lots(Path)); }
        ClearUp();
    }

    /// <summary>Doors are everywhere: whose a letter goes to depends on who sends it, and by which of its two.</summary>
    protected override Machine? At(Letter letter)
    {
        var sender = letter.Client is { } client ? client.Key.Name.Length + client.Market : 0;
        return _nodes[(letter.Door + sender) % _nodes.Length] is { FrozenFor: 0 } node ? node : null;
    }

    private void Strike(StepKind kind, ClusterMachine? node, Lots lots)
    {
        if (kind is StepKind.RestartBroker)
        {
            Coverage.See(Sight.BrokerRestarted);
            foreach (var connection in Broker.Connections.ToList()) { connection.Cut(lots, Coverage); }
            return;
        }
        if (node is null) { return; }
        switch (kind)
        {
            case StepKind.Crash: Coverage.See(Sight.CrashedBetweenRounds); Bury(node, lots); break;
            case StepKind.CutFromBroker: CutFromBroker(node, lots); break;
            case StepKind.CutFromDatabase: CutFromDatabase(node, lots); break;
            case StepKind.CutFromBoth: CutFromBroker(node, lots); CutFromDatabase(node, lots); break;
            case StepKind.Freeze: Freeze(node, lots); break;
            case StepKind.HandOver when node.Engine.Shards.Count > 0 && node.CanAct: node.Yield(lots.Of(node.Engine.Shards).Stream); break;
        }
    }

    private void CutFromBroker(ClusterMachine node, Lots lots)
    {
        node.AwayFor = lots.Next(20);
        node.Connection?.Cut(lots, Coverage);
    }

    private static void CutFromDatabase(ClusterMachine node, Lots lots)
    {
        node.CutOffFor = lots.Next(1, 40);
        node.Faults.IsCutOff = true;
    }

    /// <summary>Long, and the broker takes it for dead; or short, and nobody has noticed.</summary>
    private void Freeze(ClusterMachine node, Lots lots)
    {
        node.FrozenFor = lots.Next(1, 60);
        if (lots.OneIn(2)) { node.Connection?.Cut(lots, Coverage); }
    }

    /// <summary>A step is over: what stands still, or is cut off, is so for one step less.</summary>
    private void Wear()
    {
        foreach (var node in Nodes)
        {
            node.FrozenFor = Math.Max(0, node.FrozenFor - 1);
            node.AwayFor = Math.Max(0, node.AwayFor - 1);
            node.CutOffFor = Math.Max(0, node.CutOffFor - 1);
            if (node.CutOffFor == 0) { node.Faults.IsCutOff = false; }
        }
    }

    private bool SettleOnce()
    {
        var moved = Letters.Count > 0;
        while (Letters.Count > 0) { Arrive(0); }
        return ActAll() | moved;
    }

    private bool ActAll()
    {
        var did = false;
        for (var number = 0; number < _nodes.Length; number++)
        {
            if (_nodes[number] is null && _lives < _nodes.Length) { TryStart(number); }
            if (_nodes[number] is not { CanAct: true } node) { continue; }
            did |= Act(node, node.ActAll, null);
            did |= node.Connection?.Carry(int.MaxValue) is true;
        }
        return did | Nodes.Any(node => node.CanAct && node.Connection is { IsBusy: true });
    }

    private bool Act(ClusterMachine node, Func<bool> act, Lots? lots)
    {
        var did = act();
        Laws.RequireUnbroken();
        if (!node.IsAlive) { Bury(node, lots ?? new Lots(Path)); }
        return did;
    }

    private void TryStart(int number)
    {
        if (_nodes[number] is not null) { return; }
        try
        {
            _nodes[number] = new ClusterMachine(this, number, ++_lives, _faults[number]);
        }
        catch (JournalUnavailableException)
        {
            return;
        }
        catch (JournalCorruptException corrupt)
        {
            Laws.Break(Law.ReplayGivesTheState, corrupt.Message);
        }
        Note?.Invoke($"node-{number} starts");
        if (_lives == 1)
        {
            for (var i = 0; i < Oracles.Count; i++) { Post(Simulation.Workload.Open(i, SeedOf(i))); }
        }
    }

    private void Bury(ClusterMachine node, Lots lots)
    {
        Note?.Invoke($"{node.Name} is dead");
        MachineSights.Died(this, node);
        node.Die();
        node.Connection?.Cut(lots, Coverage);
        _faults[node.Number].Disarm();
        _nodes[node.Number] = null;
        Follow(lots.Bits());
    }
}
