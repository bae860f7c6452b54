using Market.Actors.Answers;
using Market.Actors.Journal;
using Market.Protocol.Values;

namespace Market.Actors.Simulation;

/// <summary>
/// One history: the real engine on a virtual clock, over a disk and wires that fail, asked by clients that do not give up. One thread,
/// and nothing is drawn but from the steps it is given.
/// </summary>
internal class World
{
    private const int MostRounds = 5_000;
    private static readonly Timestamp Begin = new(1_521_570_896_000);

    private readonly List<Letter> _letters = [];
    private ulong _path = 14_695_981_039_346_656_037;

    /// <summary>Appends made durable so far.</summary>
    private int _appends;

    public World(Climate climate, Laws laws, Coverage coverage, Saboteur saboteur)
    {
        (Climate, Laws, Coverage, Saboteur) = (climate, laws, coverage, saboteur);
        Workload = new Workload(climate);
        Oracles = [.. climate.Markets.Select((rules, i) => new MarketOracle(rules, SeedOf(i), laws, coverage))];
        Disk = new Disk(coverage) { Synced = Durable };
        Wire = new Wire(this);
        Tellings = new Tellings(this);
        States = new States(this);
        IsLoose = climate.Loose;
        coverage.See(Sight.ManyMarkets, climate.Markets.Count > 1);
    }

    public Climate Climate { get; }

    public Laws Laws { get; }

    public Coverage Coverage { get; }

    public Saboteur Saboteur { get; }

    public Workload Workload { get; }

    public IReadOnlyList<MarketOracle> Oracles { get; }

    public Disk Disk { get; }

    public Faults Faults { get; } = new();

    public Wire Wire { get; }

    public Tellings Tellings { get; }

    public States States { get; }

    /// <summary>Null while none runs.</summary>
    public Machine? Machine { get; private set; }

    /// <summary>All that run.</summary>
    public virtual IEnumerable<Machine> Machines => Machine is null ? [] : [Machine];

    /// <summary>There are other machines, that may own what one of them believes to own.</summary>
    public virtual bool HasOthers => false;

    public Timestamp Now { get; private set; } = Begin;

    /// <summary>Mail and requests lie about until a step takes them on.</summary>
    public bool IsLoose { get; set; }

    /// <summary>Told what happens, for people; null when nobody listens.</summary>
    public Action<string>? Note { get; init; }

    public IReadOnlyList<Letter> Letters => _letters;

    /// <summary>A number for the way this history took.</summary>
    public ulong Path => _path;

    public ulong SeedOf(int market) => StableHash.Hash64(Climate.Markets[market].Market.Value, Climate.Seed);

    public int Number(MarketId market)
    {
        for (var i = 0; i < Climate.Markets.Count; i++)
        {
            if (Climate.Markets[i].Market == market) { return i; }
        }
        throw new ArgumentException($"There is no market {market}.");
    }

    public MarketOracle Oracle(MarketId market) => Oracles[Number(market)];

    /// <summary>Whether the shard that answers this has gone on from events that are not durable.</summary>
    public virtual bool IsAhead(Attempt attempt)
    {
        var market = Oracles[attempt.Letter.Market];
        var shard = attempt.Letter.Client is { } client ? market.Placement.Of(client.Key) : market.Placement.MarketShard;
        return attempt.Machine.IsAhead(new StreamId(market.Rules.Market, shard));
    }

    /// <summary>Mixes into the path what makes this history another than the rest.</summary>
    public void Follow(ulong one) => _path = (_path ^ one) * 1_099_511_628_211;

    public void Follow(ulong one, ulong two, ulong three)
    {
        Follow(one);
        Follow(two);
        Follow(three);
    }

    /// <summary>The latest time there ever was: clocks go back.</summary>
    public Timestamp Latest { get; private set; } = Begin;

    public void Pass(long ms)
    {
        Now = Now.Plus(ms);
        if (Now > Latest) { Latest = Now; }
    }

    /// <summary>A request sets out; it arrives at once, or when a step lets it.</summary>
    public void Send(Letter letter, bool late)
    {
        Note?.Invoke($"{letter.What}, by door {letter.Door}{(late ? ", late" : "")}");
        if (late) { _letters.Add(letter); }
        else { Post(letter); }
    }

    /// <param name="keep">It will arrive again.</param>
    public void Arrive(int index, bool keep = false)
    {
        var letter = _letters[index];
        Coverage.See(Sight.RequestOvertaken, index > 0);
        Coverage.See(Sight.RequestRepeated, keep);
        if (!keep) { _letters.RemoveAt(index); }
        Post(letter);
    }

    public void Lose(int index)
    {
        Coverage.See(Sight.RequestLost);
        _letters.RemoveAt(index);
    }

    /// <summary>The machine whose door a letter knocks at; null when none is there.</summary>
    protected virtual Machine? At(Letter letter) => Machine;

    /// <summary>Something other than a first answer may be told in its place.</summary>
    public virtual bool MayFail(Failure failure) => failure.Kind is FailureKind.JournalUnavailable;

    /// <returns>False when nobody took it: no machine runs, or the mailbox is full.</returns>
    public bool Post(Letter letter)
    {
        if (At(letter) is not { IsAlive: true } machine) { return false; }
        var tag = Tellings.Add(new Attempt(letter, machine, _appends));
        Coverage.See(Sight.AskedByTwoDoors, letter.Wish?.Doors == 3);
        if (machine.TryPost(letter, Saboteur.Tag(tag, letter))) { return true; }
        Coverage.See(Sight.MailboxFull);
        Tellings.RemoveLast();
        return false;
    }

    /// <summary>One round of the engine; a machine that is not there is started first.</summary>
    /// <param name="rota">Who takes a turn; null lets everybody.</param>
    /// <returns>Whether anything was done.</returns>
    public virtual bool Round(Lots? rota)
    {
        if (Machine is null && !TryStart()) { return false; }
        var machine = Machine!;
        var wasDown = machine.Engine.Down is not null;
        var reads = Faults.FailReadAfter;
        var did = machine.Round(rota);
        Laws.RequireUnbroken();
        if (!machine.IsAlive)
        {
            Bury(rota ?? new Lots(_path));
            return true;
        }
        Coverage.See(Sight.ReadFailedInMidLife, reads is not null && Faults.FailReadAfter is null && machine.Engine.Down is not null);
        if (wasDown && machine.Engine.Down is null)
        {
            Coverage.See(Sight.RecoveredInMidLife);
            States.AfterRecovery(machine);
        }
        else { States.AfterRound(machine); }
        return did;
    }

    /// <summary>Lets everything on its way arrive and everybody take turns, until all is quiet or the journal cannot be written.</summary>
    public virtual void Settle()
    {
        for (var rounds = 0; rounds < MostRounds; rounds++)
        {
            var moved = _letters.Count + Wire.Count > 0;
            while (_letters.Count > 0 && Machine is { IsAlive: true }) { Arrive(0); }
            while (Wire.Count > 0 && Machine is { IsAlive: true }) { Wire.Deliver(0); }
            if (!Round(null) && !moved && Machine is not null) { return; }
            if (Machine?.Engine.Down is not null) { return; }
        }
        Laws.Require(false, Law.WhatIsDueHappens, $"after {MostRounds} rounds there is still something to do.");
    }

    /// <summary>Lets most of that happen, and gives up on an engine that goes on trying.</summary>
    public virtual void SettleFor(int rounds)
    {
        for (; rounds > 0; rounds--)
        {
            while (_letters.Count > 0 && Machine is not null) { Arrive(0); }
            while (Wire.Count > 0 && Machine is not null) { Wire.Deliver(0); }
            if (!Round(null) && Wire.Count == 0) { return; }
        }
    }

    /// <summary>Mail between shards arrives.</summary>
    public virtual void Carry(Lots lots)
    {
        var inOrder = lots.OneIn(2);
        for (var left = lots.Next(1, 12); left > 0 && Wire.Count > 0; left--) { Wire.Deliver(inOrder ? 0 : lots.Next(Wire.Count)); }
    }

    /// <summary>A fault that befalls one machine of several.</summary>
    /// <returns>False when it is not the cluster's affair.</returns>
    public virtual bool Strike(StepKind kind, Lots lots) => false;

    /// <summary>No more faults: whatever was broken is whole again, and everybody has had time to find out.</summary>
    public virtual void ClearUp()
    {
        Faults.Disarm();
        IsLoose = false;
        Pass(Latest.MsSince(Now));
        Settle();
        if (Machine!.Engine.Down is not null) { Pass(1_000); }
        Settle();
    }

    /// <summary>All machines die, and start again.</summary>
    public virtual void Restart()
    {
        Crash(new Lots(Path));
        Settle();
    }

    public virtual void Snapshot(long after)
    {
        if (Machine is not { IsAlive: true } machine) { return; }
        machine.Engine.SaveSnapshots(after);
        if (!machine.IsAlive) { Bury(new Lots(_path)); }
    }

    /// <summary>The machine dies.</summary>
    public virtual void Crash(Lots lots)
    {
        if (Machine is null) { return; }
        Coverage.See(Machine.Engine.Down is null ? Sight.CrashedBetweenRounds : Sight.CrashedWhileDown);
        Machine.Die();
        Bury(lots);
    }

    /// <summary>The disk is slow: meanwhile the clock goes on, and mail and requests arrive.</summary>
    public virtual void GoOnDuringAppend(Machine writing, Lots lots)
    {
        Pass(lots.Next(1, 2_000));
        for (var left = lots.Next(4); left > 0 && _letters.Count > 0; left--)
        {
            Coverage.See(Sight.RequestsCameDuringAppend);
            Arrive(lots.Next(_letters.Count));
        }
        for (var left = lots.Next(4); left > 0 && Wire.Count > 0; left--)
        {
            Coverage.See(Sight.MailCameDuringAppend);
            Wire.Deliver(lots.Next(Wire.Count));
        }
    }

    /// <summary>A node starts: recovers what the disk has, and asks for its markets to be opened.</summary>
    private bool TryStart()
    {
        try
        {
            Machine = new Machine(this);
        }
        catch (JournalUnavailableException)
        {
            Coverage.See(Sight.ReadFailedAtStart);
            return false;
        }
        catch (JournalCorruptException corrupt)
        {
            Laws.Break(Law.ReplayGivesTheState, corrupt.Message);
        }
        Saboteur.Started(Machine);
        MachineSights.Recovered(this, Machine);
        States.AfterRecovery(Machine);
        for (var i = 0; i < Oracles.Count; i++) { Post(Simulation.Workload.Open(i, SeedOf(i))); }
        return true;
    }

    private void Bury(Lots lots)
    {
        MachineSights.Died(this, Machine!);
        Note?.Invoke("the machine is dead");
        Machine = null;
        Disk.Crash(lots);
        Wire.Crash(survives: lots.OneIn(2));
        Follow(lots.Bits());
    }

    private void Durable(IReadOnlyList<JournaledTurn> turns)
    {
        _appends++;
        Coverage.Events += turns.Sum(turn => turn.Count);
        foreach (var turn in turns)
        {
            Follow((ulong)turn.Stream.Shard, (ulong)turn.FirstSequence, (ulong)turn.Count);
            Oracle(turn.Stream.Market).Judge(turn, _appends);
        }
    }
}
