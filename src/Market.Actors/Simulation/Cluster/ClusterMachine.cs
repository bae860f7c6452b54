using Market.Actors.Answers;
using Market.Actors.Cluster;
using Market.Actors.Journal;
using Market.Actors.Mailboxes;
using Market.Actors.Runtime;

namespace Market.Actors.Simulation.Cluster;

/// <summary>One life of a node of a cluster: its engine owns what the broker gives it, its doors tell shards wherever they are.</summary>
internal sealed class ClusterMachine : Machine
{
    private static readonly Failure CutOff = new(FailureKind.Unreachable, "This node cannot reach the cluster.");

    private readonly NodeLinks _links;
    private readonly ClusterWorld _cluster;
    private readonly int _life;
    private ulong _requests;
    private int _sessions;
    private Session? _session;

    /// <exception cref="JournalUnavailableException">The journal cannot be read.</exception>
    public ClusterMachine(ClusterWorld world, int number, int life, Faults faults) : this(world, number, life, faults, new NodeLinks())
    {
    }

    private ClusterMachine(ClusterWorld world, int number, int life, Faults faults, NodeLinks links) : base(world, faults, links, isAlone: false)
    {
        (_cluster, _links, _life, Number) = (world, links, life, number);
        links.Saboteur = world;
    }

    public int Number { get; }

    public string Name => $"node-{Number}";

    public DoorDesk Desk { get; } = new(1_024);

    /// <summary>A round is being taken, in whose append others may do something.</summary>
    public bool IsBusy { get; private set; }

    /// <summary>Steps it still stands still for.</summary>
    public int FrozenFor { get; set; }

    /// <summary>Steps it still cannot reach the broker for.</summary>
    public int AwayFor { get; set; }

    /// <summary>Steps it still cannot reach the database for.</summary>
    public int CutOffFor { get; set; }

    public bool CanAct => IsAlive && !IsBusy && FrozenFor == 0;

    public Connection? Connection => _session?.Connection;

    public bool IsQuiet => _session is { Connection: { IsOpen: true, IsBusy: false } };

    /// <summary>Never 0, never the same in all lives of all nodes.</summary>
    public ulong NextRequestId() => ((ulong)(Number + 1) << 48) | ((ulong)_life << 32) | ++_requests;

    /// <summary>A name that answers are sent to: never that of an earlier session, whose tickets mean something else.</summary>
    public string NextDoor() => World.Saboteur.Door(this, $"{Name}.{_life}.{++_sessions}");

    /// <summary>Connects when it is not; one of the things that its threads do when they are.</summary>
    /// <returns>Whether anything was done.</returns>
    public bool Act(Lots lots) => !Connect() || lots.Next(8) switch
    {
        0 or 1 => Hear(lots.Next(1, 8)),
        2 => _session!.Handle(),
        3 => _session!.Mail(),
        4 => _session!.Reply(),
        5 => _session!.BeHere(),
        _ => TakeRound(lots),
    };

    /// <summary>All of them, in order.</summary>
    public bool ActAll()
    {
        if (!Connect()) { return TakeRound(null); }
        var did = Hear(int.MaxValue);
        if (_session is null) { return true; }
        return did | _session.Handle() | _session.Mail() | TakeRound(null) | _session.Reply() | _session.BeHere();
    }

    /// <summary>Mail for the queue of a shard.</summary>
    public void Post(StreamId shard, ShardMail mail) => _session?.Post(shard, mail);

    public void Yield(StreamId shard) => _session?.Yield(shard);

    /// <summary>Recovers a shard and lets it take turns; nothing when it does. What the views missed of it is shown first.</summary>
    /// <returns>False when the journal cannot be read.</returns>
    public bool TryOwn(StreamId stream)
    {
        if (Engine.Shards.Any(shard => shard.Stream == stream)) { return true; }
        if (Engine.Down is not null) { return false; }
        try
        {
            CatchUp(stream);
            Engine.Own(stream);
        }
        catch (JournalUnavailableException)
        {
            return false;
        }
        World.Note?.Invoke($"{Name} owns {stream}");
        World.Coverage.See(Sight.TwoOwners, _cluster.Nodes.Any(other => other != this && other.Engine.Shards.Any(shard => shard.Stream == stream)));
        World.States.AfterOwning(Engine.Shards.Single(shard => shard.Stream == stream));
        return true;
    }

    public int MostRedeliverable(StreamId stream) => Redeliverable.MostOf(World.Oracle(stream.Market).Rules.Traders);

    /// <summary>Whether what a shard has of its mail can be finished here.</summary>
    public bool CanFinish(StreamId stream) => Engine.Down is null && Engine.Shards.Any(shard => shard.Stream == stream);

    public override void CatchUp()
    {
        foreach (var stream in Told.Keys) { CatchUp(stream); }
    }

    private void CatchUp(StreamId stream)
    {
        var view = Views[World.Number(stream.Market)];
        foreach (var turn in Journal.Read(new Dictionary<StreamId, long> { [stream] = view.NextSequenceOf(stream.Shard) })) { view.Committed(turn); }
    }

    private bool TakeRound(Lots? rota)
    {
        IsBusy = true;
        var stopped = Engine.Stopped.Count;
        var did = Round(rota);
        IsBusy = false;
        if (Engine.Stopped.Count > stopped) { World.Note?.Invoke($"{Name} stops {Engine.Stopped.Last()}"); }
        World.Coverage.See(Sight.JournalConflict, Engine.Stopped.Count > stopped);
        World.Laws.RequireUnbroken();
        if (IsAlive) { World.States.AfterRound(this); }
        return did;
    }

    private bool Hear(int most)
    {
        var any = _session!.Hear(most, out var isOver);
        if (isOver) { EndSession(); }
        return any;
    }

    /// <returns>Whether it takes part.</returns>
    private bool Connect()
    {
        if (_session is not null) { return true; }
        if (AwayFor == 0)
        {
            _session = new Session(this, _cluster.Broker);
            _links.Session = _session;
            return true;
        }
        Refuse();
        return false;
    }

    /// <summary>The connection is found to have ended: all shards are let go, and the doors' askers told that nobody knows.</summary>
    private void EndSession()
    {
        World.Note?.Invoke($"{Name} hears that its connection ended");
        World.Coverage.See(Sight.ZombieWentOn, Engine.Shards.Any(shard => !World.States.IsAhead(shard) && _cluster.IsBehind(shard)));
        (_session, _links.Session) = (null, null);
        if (World.Saboteur.LetsGo)
        {
            foreach (var stream in Told.Keys) { Engine.Disown(stream); }
        }
        Refuse();
    }

    private void Refuse()
    {
        foreach (var mailbox in Told.Values) { mailbox.Refuse(CutOff); }
        Desk.FailOlderThan(World.Latest.Plus(1), CutOff);
    }

    /// <summary>The way from this node's shards to others: through their queues, or nowhere while there is no broker.</summary>
    private sealed class NodeLinks : IPeers
    {
        public Session? Session { get; set; }

        public ClusterWorld? Saboteur { get; set; }

        public void Send(StreamId from, int toShard, object mail)
        {
            if (Session is null || Saboteur!.Saboteur.Mail(Saboteur, from, toShard, mail) is not { } carried) { return; }
            ShardMail posted = carried is LinkBatch batch ? new LinkMail(batch) : new AcknowledgementMail((LinkAcknowledgement)carried);
            Session.Post(new StreamId(from.Market, toShard), posted);
        }
    }
}
