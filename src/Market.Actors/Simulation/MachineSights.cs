using Market.Protocol.Messages;

namespace Market.Actors.Simulation;

/// <summary>What was going on when a machine died, and how the next one came to its state.</summary>
internal static class MachineSights
{
    public static void Died(World world, Machine machine)
    {
        var coverage = world.Coverage;
        coverage.See(Sight.RequestsLostInCrash, machine.Waiting > 0);
        foreach (var oracle in world.Oracles)
        {
            coverage.See(Sight.InvestmentInFlightInCrash, oracle.Investments.IsAnyOnTheWay);
            coverage.See(Sight.BurstInCrash, oracle.Price.Bursting);
            coverage.See(Sight.PausedInCrash, oracle.Status is MarketStatus.Paused);
            coverage.See(Sight.EndedInCrash, oracle.Status is MarketStatus.Ended);
            coverage.See(Sight.MailOwedInCrash, oracle.Shards.Any(shard => shard.Replayed.Links.Any(link => link.Owed.Count > 0)));
            coverage.See(Sight.DecidedButNeverTold, oracle.Traders.Values.Any(trader => trader.WasDecidedButNeverTold));
        }
    }

    public static void Recovered(World world, Machine machine)
    {
        var coverage = world.Coverage;
        coverage.See(Sight.SnapshotPassedOver, machine.DeadLetters.Latest().Any(letter => letter.What == "snapshot"));
        foreach (var oracle in world.Oracles)
        {
            foreach (var shard in oracle.Shards)
            {
                if (shard.NextSequence == 1) { continue; }
                var stream = new Journal.StreamId(oracle.Rules.Market, shard.Number);
                if (!world.Disk.Snapshots.TryGetValue(stream, out var snapshot)) { coverage.See(Sight.RecoveredFromNothing); }
                else { coverage.See(snapshot.NextSequence == shard.NextSequence ? Sight.RecoveredFromSnapshot : Sight.RecoveredFromSnapshotAndTail); }
            }
        }
    }
}
