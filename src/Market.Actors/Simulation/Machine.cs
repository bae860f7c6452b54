using Market.Actors.Answers;
using Market.Actors.Journal;
using Market.Actors.Mailboxes;
using Market.Actors.Runtime;
using Market.Actors.Shards;
using Market.Actors.Views;
using Market.Protocol.Messages;
using Market.Protocol.Values;

namespace Market.Actors.Simulation;

/// <summary>
/// One life of a node: the engine, views and doors as they run in a program, over the disk that outlives them. A dead one says nothing
/// more, whatever its engine still does.
/// </summary>
internal class Machine : INewsFeed, IMarketListener, IRota
{
    private readonly Dictionary<MarketId, int> _numbers = [];
    private readonly List<MarketRegion> _regions = [];
    private readonly long[] _lastTick;
    private readonly SortedDictionary<StreamId, Mailbox> _owned = new(Streams.InOrder);
    private readonly SortedDictionary<StreamId, Mailbox> _told = new(Streams.InOrder);
    private Lots? _rota;

    /// <exception cref="JournalUnavailableException">The disk cannot be read.</exception>
    /// <exception cref="JournalCorruptException">What it holds cannot be recovered.</exception>
    public Machine(World world)
        : this(world, world.Faults, world.Wire, isAlone: true)
    {
    }

    /// <param name="isAlone">It owns all shards, and its doors post to them; else what its doors are told goes to <see cref="Told"/>.</param>
    protected Machine(World world, Faults faults, IPeers peers, bool isAlone)
    {
        (World, Faults) = (world, faults);
        var rules = world.Climate.Markets;
        Doors = [new Door(this, 0), new Door(this, 1)];
        Views = [.. rules.Select(one => new MarketView(one.Market, one.Shards, one.Teams, prices: 10_000, gibbs: 1_000, this))];
        _lastTick = new long[rules.Count];
        var views = new NodeViews(Views.Zip(rules).ToDictionary(pair => pair.Second.Market, pair => pair.First));
        Journal = world.Saboteur.Journal(new DiskDriver(world.Disk, faults, world.Coverage, this) { SkipsSync = world.Saboteur.SkipsSync }, this);
        Engine = new Engine(Journal, world.Saboteur.Follower(views), isAlone ? this : INewsFeed.None, DeadLetters, () => { }) { Peers = peers, Rota = this };
        for (var i = 0; i < rules.Count; i++)
        {
            _numbers[rules[i].Market] = i;
            var given = world.Saboteur.Rules(rules[i]);
            _regions.Add(new MarketRegion(given, isAlone ? Engine.Add(given) : AddUnowned(given, views)));
        }
    }

    public World World { get; }

    public Faults Faults { get; }

    /// <summary>Where the mail of owned shards goes, in a cluster.</summary>
    public IReadOnlyDictionary<StreamId, Mailbox> Owned => _owned;

    /// <summary>What the doors were told for each shard, in a cluster.</summary>
    public IReadOnlyDictionary<StreamId, Mailbox> Told => _told;

    protected IJournal Journal { get; }

    public Engine Engine { get; }

    public DeadLetters DeadLetters { get; } = new();

    public IReadOnlyList<MarketView> Views { get; }

    public IReadOnlyList<Door> Doors { get; }

    public bool IsAlive { get; private set; } = true;

    public void Die() => IsAlive = false;

    /// <returns>False when the mailbox is full.</returns>
    public bool TryPost(Letter letter, long tag)
    {
        var door = Doors[letter.Door];
        return letter.Ask is { } ask
            ? _regions[letter.Market].TryAsk(ask(door, tag))
            : _regions[letter.Market].TryTell(letter.Client!.Key, letter.Command, door, tag);
    }

    /// <summary>Whether a shard has gone on from events that are not durable: then the law against that is all there is to say.</summary>
    public bool IsAhead(StreamId stream) => Engine.Shards.Any(shard => shard.Stream == stream && World.States.IsAhead(shard));

    /// <summary>Whether any shard of a market has.</summary>
    public bool IsAhead(MarketId market) => Engine.Shards.Any(shard => shard.Stream.Market == market && World.States.IsAhead(shard));

    public int Waiting => _regions.Sum(region => region.MailboxDepths.Sum());

    /// <summary>Shows the views all that the journal has and they have not.</summary>
    public virtual void CatchUp()
    {
    }

    /// <param name="rota">Draws who takes a turn; null lets everybody.</param>
    public bool Round(Lots? rota)
    {
        _rota = rota;
        return Engine.Round(World.Now);
    }

    /// <summary>One more word is said, unless the machine dies over it or is dead.</summary>
    public bool MaySay()
    {
        if (IsAlive && Faults.CrashAfterWords is { } left)
        {
            Faults.CrashAfterWords = left == 0 ? null : left - 1;
            if (left == 0)
            {
                World.Coverage.See(Sight.CrashedInMidRelease);
                Die();
            }
        }
        return IsAlive;
    }

    /// <summary>The views see what there is; no shard is owned yet.</summary>
    private List<Mailbox> AddUnowned(MarketRules rules, NodeViews views)
    {
        new Recovery(Journal, views).Recover(rules);
        var (owned, told) = (Engine.AddUnowned(rules), new List<Mailbox>());
        for (var shard = 0; shard < owned.Length; shard++)
        {
            told.Add(new Mailbox(rules.MailboxCapacity, () => { }));
            (_owned[new StreamId(rules.Market, shard)], _told[new StreamId(rules.Market, shard)]) = (owned[shard], told[shard]);
        }
        return told;
    }

    void INewsFeed.Tell(MarketId market, TraderKey trader, in Result result)
    {
        if (MaySay()) { World.Tellings.News(_numbers[market], trader, result); }
    }

    void IMarketListener.Ticked(MarketId market, in PriceTick tick)
    {
        if (!MaySay()) { return; }
        var number = _numbers[market];
        World.Tellings.Ticked(number, tick, ref _lastTick[number]);
    }

    void IMarketListener.Posted(MarketId market, Gibb gibb)
    {
        if (MaySay()) { World.Tellings.Posted(_numbers[market], gibb); }
    }

    void IMarketListener.Moved(MarketId market, MarketStatus status)
    {
        if (MaySay()) { World.Tellings.Moved(_numbers[market], status); }
    }

    void IRota.Arrange(List<Shard> shards)
    {
        if (_rota is null || _rota.OneIn(2)) { return; }
        for (var i = shards.Count - 1; i > 0; i--)
        {
            var other = _rota.Next(i + 1);
            (shards[i], shards[other]) = (shards[other], shards[i]);
        }
    }

    bool IRota.MayTurn(Shard shard)
    {
        if (!World.Saboteur.LetsTurn(shard)) { return false; }
        if (_rota is not null && _rota.OneIn(3))
        {
            World.Coverage.See(Sight.ShardLeftOut);
            return false;
        }
        World.Saboteur.BeforeTurn(shard);
        World.Follow((ulong)shard.Stream.Shard, (ulong)shard.NextSequence, (ulong)shard.Mailbox.Depth);
        return true;
    }
}

/// <summary>A door of a machine: takes the answers to what came in by it.</summary>
internal sealed class Door(Machine machine, int number) : IAnswerTo<Result>, IAnswerTo<Joined>, IAnswerTo<Gibb>, IAnswerTo<Moved>
{
    public int Number => number;

    public Machine Machine => machine;

    public void Answer(long tag, in Result answer)
    {
        if (machine.MaySay()) { machine.World.Tellings.Answered(this, tag, answer); }
    }

    public void Answer(long tag, in Joined answer)
    {
        if (machine.MaySay()) { machine.World.Tellings.Answered(this, tag, answer); }
    }

    public void Answer(long tag, in Gibb answer)
    {
        if (machine.MaySay()) { machine.World.Tellings.Answered(this, tag, answer); }
    }

    public void Answer(long tag, in Moved answer)
    {
        if (machine.MaySay()) { machine.World.Tellings.Answered(this, tag, answer); }
    }

    public void Fail(long tag, Failure failure)
    {
        if (machine.IsAlive) { machine.World.Tellings.Failed(this, tag, failure); }
    }
}
