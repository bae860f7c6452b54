using Market.Actors.Journal;
using Market.Actors.Runtime;
using Market.Protocol.Messages;
using Market.Protocol.Wire;

namespace Market.Actors.Simulation;

/// <summary>Holds the laws against what the live actors know and what the views show, after every step that can have changed it.</summary>
internal sealed class States(World world)
{
    private readonly BytesWriter _live = new();
    private readonly BytesWriter _replayed = new();

    private Laws Laws => world.Laws;

    /// <summary>After a round: of every shard, what the last appends changed.</summary>
    public void AfterRound(Machine machine)
    {
        RequireNothingStopped(machine);
        if (machine.Engine.Down is not null)
        {
            RequireViews(machine);
            return;
        }
        foreach (var shard in machine.Engine.Shards)
        {
            var oracle = OracleOf(shard);
            if (oracle.Touched.Count == 0 && shard.NextSequence == oracle.NextSequence) { continue; }
            if (!IsLevel(shard, oracle)) { continue; }
            foreach (var slot in oracle.Touched) { RequireTrader(machine, shard, oracle.Slots[slot]); }
            oracle.Touched.Clear();
        }
    }

    /// <summary>After a recovery: everything, bit for bit.</summary>
    public void AfterRecovery(Machine machine)
    {
        RequireNothingStopped(machine);
        foreach (var shard in machine.Engine.Shards)
        {
            var oracle = OracleOf(shard);
            if (!IsLevel(shard, oracle)) { continue; }
            RequireBytes(shard.State, oracle, "recovered");
            Laws.Require(shard.Time >= oracle.Time, Law.TimeNeverGoesBack, $"{shard.Stream} was recovered at {shard.Time}; its last turn was at {oracle.Time}.");
        }
        RequireViews(machine);
    }

    /// <summary>A snapshot that is being kept is the state that the journal gives up to it.</summary>
    public void RequireSound(Snapshot snapshot)
    {
        var market = world.Oracle(snapshot.Stream.Market);
        var oracle = market.Shards[snapshot.Stream.Shard];
        Laws.Require(snapshot.NextSequence <= oracle.NextSequence, Law.NothingBeforeItIsDurable, $"a snapshot of {snapshot.Stream} is of {snapshot.NextSequence - 1} events; {oracle.NextSequence - 1} are durable.");
        if (snapshot.NextSequence > oracle.NextSequence || (snapshot.NextSequence < oracle.NextSequence && world.HasOthers)) { return; }
        var kept = Recovery.FromSnapshot(snapshot, market.Placement, market.Rules);
        var same = snapshot.NextSequence == oracle.NextSequence && kept is { } read && Same(read.State, oracle.Replayed);
        Laws.Require(same, Law.ReplayGivesTheState, $"the snapshot of {snapshot.Stream} before event {snapshot.NextSequence} is not the state that its journal gives.");
    }

    /// <summary>The board is what the twin's traders give, ranked in the plainest way.</summary>
    public void RequireBoard(Machine machine)
    {
        for (var i = 0; i < world.Oracles.Count; i++)
        {
            var oracle = world.Oracles[i];
            if (machine.IsAhead(oracle.Rules.Market)) { continue; }
            var board = machine.Views[i].Board(int.MaxValue, world.Now);
            var naive = oracle.Traders.Values.OrderByDescending(one => one.State.Score).ThenBy(one => one.State.Bailouts)
                .ThenBy(one => one.Key.Team, StringComparer.Ordinal).ThenBy(one => one.Key.Name, StringComparer.Ordinal);
            var same = board.Traders.Select(row => (row.Trader, row.State)).SequenceEqual(naive.Select(one => (one.Key, one.State)));
            var first = board.Traders.Select(row => (row.Trader, row.State)).Except(naive.Select(one => (one.Key, one.State))).FirstOrDefault();
            Laws.Require(same, Law.BoardIsOfTheJournal, $"the board of {oracle.Rules.Market} is not ranked as its journal gives it: {first}, {board.Traders.Count} of {oracle.Traders.Count}.");
            Laws.Require(board.Final == (oracle.Status is MarketStatus.Ended && !oracle.Investments.IsAnyOnTheWay), Law.BoardIsOfTheJournal, $"the board of {oracle.Rules.Market} says it is {(board.Final ? "" : "not ")}final.");
            foreach (var team in board.Teams)
            {
                var score = oracle.Traders.Values.Where(one => one.Key.Team == team.Team).Sum(one => one.State.Score);
                Laws.Require(team.Score == score, Law.BoardIsOfTheJournal, $"team {team.Team} has {team.Score}; its traders have {score}.");
            }
        }
    }

    /// <summary>Every shard takes turns somewhere, and in one place only.</summary>
    public void RequireOwners()
    {
        if (!world.HasOthers) { return; }
        var owned = world.Machines.SelectMany(machine => machine.Engine.Shards).GroupBy(shard => shard.Stream).ToDictionary(group => group.Key, group => group.Count());
        foreach (var oracle in world.Oracles)
        {
            foreach (var shard in oracle.Shards)
            {
                var stream = new StreamId(oracle.Rules.Market, shard.Number);
                Laws.Require(owned.GetValueOrDefault(stream) == 1, Law.WhatIsDueHappens, $"{stream} has {owned.GetValueOrDefault(stream)} owners though all is quiet.");
            }
        }
    }

    public bool IsAhead(Shard shard) => shard.NextSequence > OracleOf(shard).NextSequence;

    private ShardOracle OracleOf(Shard shard) => world.Oracle(shard.Stream.Market).Shards[shard.Stream.Shard];

    private void RequireNothingStopped(Machine machine)
    {
        foreach (var (stream, why) in machine.Engine.Stopped.Where(stopped => !world.HasOthers || !stopped.Value.Contains(Disk.Conflict, StringComparison.Ordinal))) { Laws.Require(false, Law.NothingStops, $"{stream} stopped: {why}"); }
        if (machine.DeadLetters.Count == 0) { return; }
        foreach (var letter in machine.DeadLetters.Latest())
        {
            Laws.Require(letter.What is "snapshot" or "shard", Law.NothingStops, $"{letter}");
        }
    }

    /// <summary>Whether the live shard stands where the durable journal does.</summary>
    private bool IsLevel(Shard shard, ShardOracle oracle)
    {
        Laws.Require(shard.NextSequence <= oracle.NextSequence, Law.NothingBeforeItIsDurable, $"{shard.Stream} goes on from event {shard.NextSequence}, but only those before {oracle.NextSequence} are durable.");
        if (world.HasOthers && shard.NextSequence < oracle.NextSequence) { return false; } // it does not know yet that it is the owner no more
        Laws.Require(shard.NextSequence >= oracle.NextSequence, Law.ReplayGivesTheState, $"{shard.Stream} goes on from event {shard.NextSequence}, but those before {oracle.NextSequence} are durable.");
        return shard.NextSequence == oracle.NextSequence;
    }

    private void RequireTrader(Machine machine, Shard shard, TraderRecord record)
    {
        var live = shard.State.Traders[record.Slot].State;
        Laws.Require(live.Coins.Micro >= 0 && live.Shares >= 0 && live.InFlightInvestments >= 0, Law.NothingIsOwed, $"{record.Key} has {live}.");
        Laws.Require(record.CoinsAgree(live), Law.CoinsAddUp, $"{record.Key} has {live.Coins} coins.");
        Laws.Require(record.SharesAgree(live), Law.SharesAddUp, $"{record.Key} has {live}.");
        Laws.Require(live == record.State, Law.ReplayGivesTheState, $"{record.Key} has {live}; a replay gives {record.State}.");
        if (world.HasOthers) { return; } // its views are of many nodes' turns, and may be behind
        RequireView(machine.Views[world.Number(shard.Stream.Market)], record);
    }

    /// <summary>What a shard came to its new owner with.</summary>
    public void AfterOwning(Shard shard)
    {
        if (IsLevel(shard, OracleOf(shard))) { RequireBytes(shard.State, OracleOf(shard), "recovered"); }
    }

    /// <summary>What is shown of everybody, the turns that were not kept included.</summary>
    private void RequireViews(Machine machine)
    {
        if (world.HasOthers) { return; }
        for (var i = 0; i < world.Oracles.Count; i++)
        {
            var (view, oracle) = (machine.Views[i], world.Oracles[i]);
            if (machine.IsAhead(oracle.Rules.Market) && machine.Engine.Down is null) { continue; }
            foreach (var trader in oracle.Traders.Values) { RequireView(view, trader, mayBeBehind: machine.Engine.Down is not null); }
            Laws.Require(view.Summary.Traders <= oracle.Traders.Count, Law.NothingBeforeItIsDurable, $"{view.Summary.Traders} traders are shown, {oracle.Traders.Count} are durable.");
        }
    }

    /// <param name="mayBeBehind">An append may have been kept, though the engine was told otherwise.</param>
    private void RequireView(Views.MarketView view, TraderRecord record, bool mayBeBehind = false)
    {
        var shown = view.Trader(record.Key);
        Laws.Require(mayBeBehind || shown == record.State, Law.BoardIsOfTheJournal, $"{record.Key} is shown with {shown}; the journal gives {record.State}.");
        Laws.Require(!mayBeBehind || shown is null || record.HadSince(0, shown.Value), Law.NothingBeforeItIsDurable, $"{record.Key} is shown with {shown}, which the journal does not say.");
    }

    private void RequireBytes(ShardState live, ShardOracle oracle, string how) => Laws.Require(
        Same(live, oracle.Replayed), Law.ReplayGivesTheState, $"shard {oracle.Number} as {how} is not what a replay from nothing gives.");

    private bool Same(ShardState live, ShardState replayed)
    {
        _live.Clear();
        _replayed.Clear();
        SnapshotCodec.Write(_live, live);
        SnapshotCodec.Write(_replayed, replayed);
        return _live.Written.SequenceEqual(_replayed.Written);
    }

    /// <summary>Every shard, bit for bit.</summary>
    public void RequireReplay(Machine machine)
    {
        foreach (var shard in machine.Engine.Shards)
        {
            var level = IsLevel(shard, OracleOf(shard));
            Laws.Require(level || !world.HasOthers, Law.WhatIsDueHappens, $"{shard.Stream} is behind its journal though all is quiet.");
            if (level) { RequireBytes(shard.State, OracleOf(shard), "live"); }
        }
    }
}
