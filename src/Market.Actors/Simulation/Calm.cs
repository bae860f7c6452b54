using Market.Actors.Audit;
using Market.Protocol.Messages;

namespace Market.Actors.Simulation;

/// <summary>
/// The weather clears: no more faults, every client asks until it is told, the games go on to their ends; and everything that was
/// promised must have come true.
/// </summary>
internal sealed class Calm(World world)
{
    /// <summary>One in so many histories is audited from nothing, event by event: dear, and the oracle has seen the same.</summary>
    private const ulong AuditedOneIn = 8;

    public void Play()
    {
        world.Note?.Invoke("the weather clears");
        CatchUp();
        for (var market = 0; market < world.Oracles.Count; market++) { GoOn(market); }
        Wait(1_000, times: 3);
        RequirePlanted();
        RequireQuiet();
        AskUntilTold();
        if (world.Climate.Seed % 3 == 0) { Wait(7_000, times: 10); }
        for (var market = 0; market < world.Oracles.Count; market++) { Ask(Workload.Move(market, MarketAction.End)); }
        world.Settle();
        Wait(1_000, times: 2);
        foreach (var oracle in world.Oracles) { oracle.Investments.Close(); }
        RequireQuiet();
        Close();
    }

    /// <summary>Whatever the clock did, it goes on from the latest time there was; and the journal can be written again.</summary>
    private void CatchUp()
    {
        world.ClearUp();
        foreach (var machine in world.Machines) { world.Laws.Require(machine.Engine.Down is null, Law.WhatIsDueHappens, $"the engine stays down: {machine.Engine.Down}"); }
    }

    private void GoOn(int market)
    {
        var status = world.Oracles[market].Status;
        if (status is MarketStatus.Open) { Ask(Workload.Move(market, MarketAction.Start)); }
        if (status is MarketStatus.Paused) { Ask(Workload.Move(market, MarketAction.Resume)); }
    }

    private void Wait(long ms, int times)
    {
        for (var i = 0; i < times; i++)
        {
            world.Settle();
            world.Pass(ms);
        }
        world.Settle();
    }

    private void AskUntilTold()
    {
        foreach (var client in world.Workload.Clients)
        {
            foreach (var wish in client.Wishes)
            {
                if (!wish.IsTold) { Ask(Workload.Send(client, wish, door: 1)); }
            }
        }
        world.Settle();
        foreach (var client in world.Workload.Clients)
        {
            foreach (var wish in client.Wishes) { world.Laws.Require(wish.IsTold, Law.WhatIsDueHappens, $"{client.Key} was never told what became of {wish.Command.TxnId}."); }
        }
    }

    private void Ask(Letter letter)
    {
        if (world.Post(letter)) { return; }
        world.Settle();
        world.Laws.Require(world.Post(letter), Law.WhatIsDueHappens, $"{letter.What} finds a full mailbox though all is quiet.");
    }

    private void RequirePlanted()
    {
        foreach (var oracle in world.Oracles) { oracle.Investments.RequirePlanted(); }
    }

    private void RequireQuiet()
    {
        foreach (var attempt in world.Tellings.Attempts)
        {
            world.Laws.Require(attempt.IsDone || !attempt.Machine.IsAlive, Law.WhatIsDueHappens, $"{attempt.Letter.What} was never answered.");
        }
        foreach (var oracle in world.Oracles) { oracle.RequireQuiet(world.Now); }
        foreach (var shard in world.Machines.SelectMany(machine => machine.Engine.Shards))
        {
            world.Laws.Require(shard.State.Links.All(link => link.Owed.Count == 0), Law.WhatIsDueHappens, $"{shard.Stream} still owes messages that were handled long ago.");
        }
        world.Tellings.RequireNoneDoubled();
        world.States.RequireOwners();
        foreach (var machine in world.Machines)
        {
            machine.CatchUp();
            world.States.RequireReplay(machine);
            world.States.RequireBoard(machine);
        }
    }

    private void Close()
    {
        world.Restart();
        foreach (var machine in world.Machines)
        {
            machine.CatchUp();
            world.States.RequireBoard(machine);
        }
        if (world.Climate.Seed % AuditedOneIn == 0) { Audit(); }
    }

    /// <summary>The system's own audit agrees; of sound snapshots, because those that rotted it would find.</summary>
    private void Audit()
    {
        world.Snapshot(after: 0);
        foreach (var rules in world.Climate.Markets)
        {
            var findings = new JournalAudit(new DiskDriver(world.Disk, new Faults(), world.Coverage), rules).Run().Findings.Kept;
            world.Laws.Require(findings.Count == 0, Law.SameSeedSameJournal, $"the audit of {rules.Market} finds: {(findings.Count > 0 ? findings[0] : null)}");
        }
    }
}
