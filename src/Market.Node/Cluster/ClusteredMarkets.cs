using System.Net;
using Market.Actors.Answers;
using Market.Actors.Cluster;
using Market.Actors.Journal;
using Market.Actors.Mailboxes;
using Market.Actors.Runtime;
using Market.Actors.Shards;
using Market.Actors.Views;
using Market.Node.Config;
using Market.Node.Doors;
using Market.Node.Hosting;
using Market.Protocol.Values;

namespace Market.Node.Cluster;

/// <summary>
/// The markets of a node that is part of a cluster: doors write to mailboxes that the broker empties, the engine owns what the broker gives it, and the
/// views see what any node journaled.
/// </summary>
public sealed class ClusteredMarkets
{
    private static readonly Failure NoDoor = new(FailureKind.Unreachable, "This node takes no commands: it has not the role of a door. Ask another.");

    private readonly Dictionary<StreamId, Mailbox> _doors = [];
    private readonly Dictionary<StreamId, Mailbox> _shards = [];
    private readonly Bell _mailBell = new();
    private readonly ClusterLinks _links = new();
    private readonly TurnFeed _feed;
    private readonly Topology _topology;
    private readonly NodeViews _views;
    private readonly IJournal _journal;
    private readonly bool _isDoor;
    private readonly IOwnerListener? _owner;
    private readonly ClusterCounters _counters = new();

    /// <param name="journal">The engine's.</param>
    /// <param name="owner">Hears what shards bring while they live here; null for nobody.</param>
    public ClusteredMarkets(
        ClusterOptions options, IReadOnlyList<MarketRules> markets, NodeViews views, IJournal journal, DeadLetters deadLetters, Action wake, IOwnerListener? owner)
    {
        _owner = owner;
        _topology = new Topology(options.Name);
        _feed = new TurnFeed(_topology, TimeProvider.System);
        _views = views;
        _journal = journal;
        _isDoor = options.Roles.HasFlag(NodeRoles.Door);
        Engine = new Engine(journal, new FeedingViews(views, _feed, owner), INewsFeed.None, deadLetters, wake) { Peers = _links };
        Markets = markets.ToDictionary(rules => rules.Market, rules => new RunningMarket(rules, Region(rules), views.Markets[rules.Market]));
    }

    public Engine Engine { get; }

    public IReadOnlyDictionary<MarketId, RunningMarket> Markets { get; }

    /// <summary>All that a session needs.</summary>
    /// <param name="openJournal">Opens another journal, to read from.</param>
    public ClusterParts Parts(NodeOptions options, EngineThread thread, EngineClock clock, Func<IJournal> openJournal, TimeProvider time, ILogger logger) => new()
    {
        Node = options.Cluster!.Node,
        Http = AddressOf(options.Http),
        Roles = options.Cluster.Roles,
        Topology = _topology,
        Shards = [.. _shards.Keys],
        MostRedeliverable = Markets.ToDictionary(market => market.Key, market => Redeliverable.MostOf(market.Value.Rules.Traders)),
        Host = new EngineShards(Engine, thread, _journal, _views, _shards, _counters, _owner),
        Counters = _counters,
        DoorMailboxes = _doors,
        MailBell = _mailBell,
        Desk = new DoorDesk(),
        Lease = new Lease(),
        Links = _links,
        TurnFeed = _feed,
        Views = _views,
        CatchingUp = new CatchingUp(openJournal, _views, time, logger),
        Clock = clock,
        Time = time,
        Logger = logger,
    };

    /// <summary>As others can reach it: a node that listens everywhere is found by its machine's name.</summary>
    private static string AddressOf(HttpOptions http) => $"http://{(http.Address is "0.0.0.0" or "::" ? Dns.GetHostName() : http.Address.Contains(':') ? $"[{http.Address}]" : http.Address)}:{http.Port}";

    private MarketRegion Region(MarketRules rules)
    {
        new Recovery(_journal, _views).Recover(rules); // for the views alone: no shard is owned yet
        var owned = Engine.AddUnowned(rules);
        var doors = owned.Select(_ => new Mailbox(rules.MailboxCapacity, _mailBell.Ring)).ToArray();
        for (var shard = 0; shard < owned.Length; shard++)
        {
            var stream = new StreamId(rules.Market, shard);
            (_shards[stream], _doors[stream]) = (owned[shard], doors[shard]);
            if (!_isDoor) { doors[shard].Close(NoDoor); }
        }
        return new MarketRegion(rules, doors);
    }
}
