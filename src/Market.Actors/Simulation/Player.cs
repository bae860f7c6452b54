using Market.Protocol.Messages;

namespace Market.Actors.Simulation;

/// <summary>Plays a schedule in a world, and then lets the weather clear.</summary>
internal sealed class Player(World world)
{
    private const int MostRoundsOfSettling = 30;
    private static readonly long[] Leaps = [60_000, 600_000, 3_600_000];

    public void Play(IReadOnlyList<Step> steps)
    {
        Open();
        foreach (var step in steps)
        {
            world.Coverage.Steps++;
            Play(step);
        }
        new Calm(world).Play();
    }

    /// <summary>A node starts with a new journal; most traders join, and the game begins.</summary>
    private void Open()
    {
        var lots = new Lots(world.Climate.Seed);
        world.IsLoose = false;
        world.Round(null);
        foreach (var client in world.Workload.Clients)
        {
            if (client.Joins && (client == world.Workload.Clients[0] || !lots.OneIn(5))) { world.Post(Workload.Join(client, 0)); }
        }
        for (var market = 0; market < world.Oracles.Count; market++)
        {
            if (!lots.OneIn(10)) { world.Post(Workload.Move(market, MarketAction.Start)); }
        }
        world.Settle();
        world.IsLoose = world.Climate.Loose;
    }

    private void Play(Step step)
    {
        var lots = new Lots(step.Lot);
        if (step.IsFault) { Strike(step.Kind, lots); }
        else { GoOn(step.Kind, lots); }
    }

    private void GoOn(StepKind kind, Lots lots)
    {
        switch (kind)
        {
            case StepKind.Tell: Send(world.Workload.Tell(lots), lots); break;
            case StepKind.Again when world.Workload.Again(lots) is { } letter: Send(letter, lots); break;
            case StepKind.Flood: Flood(lots); break;
            case StepKind.Join: Send(world.Workload.Join(lots), lots); break;
            case StepKind.Gibb: Send(world.Workload.Gibb(lots), lots); break;
            case StepKind.Move: Send(world.Workload.Move(lots), lots); break;
            case StepKind.Knock: Knock(lots); break;
            case StepKind.Carry: world.Carry(lots); break;
            case StepKind.Round: Note("a round"); world.Round(lots); break;
            case StepKind.Settle: Settle(); break;
            case StepKind.Pass: Pass(lots); break;
            case StepKind.Snapshot: Note("snapshots"); world.Snapshot(lots.OneIn(2) ? 0 : lots.Next(40)); break;
        }
    }

    private void Strike(StepKind kind, Lots lots)
    {
        Note(kind.ToString());
        if (world.Strike(kind, lots)) { return; }
        switch (kind)
        {
            case StepKind.LoseRequest when world.Letters.Count > 0: world.Lose(lots.Next(world.Letters.Count)); break;
            case StepKind.RepeatRequest when world.Letters.Count > 0: world.Arrive(lots.Next(world.Letters.Count), keep: true); break;
            case StepKind.LoseMail when world.Wire.Count > 0: world.Wire.Lose(lots.Next(world.Wire.Count)); break;
            case StepKind.RepeatMail when world.Wire.Count > 0: world.Wire.Deliver(lots.Next(world.Wire.Count), keep: true); break;
            case StepKind.FailAppend: world.Faults.FailAppend = (AppendFailure)lots.Next(3); break;
            case StepKind.FailProbe: world.Faults.FailProbes = lots.Next(1, 4); break;
            case StepKind.FailSave: world.Faults.FailSave = true; break;
            case StepKind.FailRead: world.Faults.FailReadAfter = lots.Next(8); break;
            case StepKind.SlowDisk: world.Faults.SlowDisk = new Lots(lots.Bits()); break;
            case StepKind.RotSnapshot: world.Coverage.See(Sight.SnapshotRotted, world.Disk.Rot(lots)); break;
            case StepKind.Crash: world.Crash(lots); break;
            case StepKind.CrashAtAppend: world.Faults.CrashAtAppend = (AppendMoment)lots.Next(3); break;
            case StepKind.CrashInRelease: world.Faults.CrashAfterWords = lots.Next(8); break;
            case StepKind.CrashInSave: world.Faults.CrashInSave = new Lots(lots.Bits()); break;
            case StepKind.ClockBack: ClockBack(lots); break;
            case StepKind.ClockForward: world.Coverage.See(Sight.ClockLeaptForward); world.Pass(lots.Of(Leaps)); break;
        }
    }

    private void Send(Letter letter, Lots lots) => world.Send(letter, late: world.IsLoose && lots.OneIn(2));

    private void Flood(Lots lots)
    {
        world.Coverage.See(Sight.HotTrader);
        var late = world.IsLoose && lots.OneIn(2);
        foreach (var letter in world.Workload.Flood(lots)) { world.Send(letter, late); }
    }

    private void Knock(Lots lots)
    {
        for (var left = lots.Next(1, 5); left > 0 && world.Letters.Count > 0; left--) { world.Arrive(lots.OneIn(2) ? 0 : lots.Next(world.Letters.Count)); }
    }

    private void Settle()
    {
        Note("all settles");
        world.SettleFor(MostRoundsOfSettling);
    }

    private void Pass(Lots lots)
    {
        var ms = lots.OneIn(6) ? lots.Next(1_000, 8_000) : lots.Next(world.Climate.LongestPassMs);
        Note($"{ms} ms pass");
        world.Pass(ms);
    }

    private void ClockBack(Lots lots)
    {
        world.Coverage.See(Sight.ClockWentBack);
        world.Pass(-(lots.OneIn(8) ? 3_600_000 : lots.Next(1, 10_000)));
        world.Coverage.See(Sight.TurnTimeHeldBack, world.Oracles.Any(oracle => oracle.Shards.Any(shard => shard.Time > world.Now)));
    }

    private void Note(string what) => world.Note?.Invoke(what);
}
