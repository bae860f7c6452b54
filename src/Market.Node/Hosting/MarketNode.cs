using System.Security.Cryptography;
using Market.Actors.Answers;
using Market.Actors.Journal;
using Market.Actors.Runtime;
using Market.Actors.Shards;
using Market.Actors.Views;
using Market.Node.Cluster;
using Market.Node.Config;
using Market.Node.Doors;
using Market.Node.Telemetry;
using Market.Protocol.Messages;
using Market.Protocol.Values;

namespace Market.Node.Hosting;

/// <summary>
/// The markets of this process, their engine and its thread: recovered from the journal when it is made, running once started.
/// Disposing finishes what waits and keeps snapshots.
/// </summary>
public sealed class MarketNode : IDisposable
{
    /// <summary>A round takes some ms; an engine that does not come to it for so long has stopped.</summary>
    private static readonly TimeSpan LookPatience = TimeSpan.FromSeconds(10);

    private readonly WakeUp _wakeUp = new();
    private readonly EngineThread _thread;
    private readonly NodeOptions _options;

    /// <param name="openJournal">Opens the same journal once more, to read from; of need only in a cluster.</param>
    /// <param name="owner">Hears what this node's shards bring, in a cluster; null for nobody.</param>
    /// <exception cref="JournalCorruptException">A market cannot be recovered.</exception>
    /// <exception cref="JournalUnavailableException">The journal cannot be read.</exception>
    public MarketNode(NodeOptions options, IJournal journal, Func<IJournal> openJournal, Hub hub, TimeProvider time, ILogger<MarketNode> logger, IOwnerListener? owner = null)
    {
        _options = options;
        journal = Journal = new MeasuredJournal(journal, time);
        Clock = new EngineClock(time);
        var rules = options.Markets.Select(market => Kept(journal, market.Rules, logger)).ToArray();
        var views = new NodeViews(rules.ToDictionary(market => market.Market, market => View(market, hub)));
        if (options.Cluster is { } cluster)
        {
            var clustered = new ClusteredMarkets(cluster, rules, views, journal, DeadLetters, _wakeUp.Set, owner);
            (Engine, Markets) = (clustered.Engine, clustered.Markets);
            _thread = new EngineThread(Engine, Clock, _wakeUp, options.SnapshotEvery, logger);
            Cluster = new ClusterNode(clustered.Parts(options, _thread, Clock, openJournal, time, logger), cluster.Broker);
            return;
        }
        Engine = new Engine(journal, views, hub, DeadLetters, _wakeUp.Set);
        Markets = rules.ToDictionary(
            market => market.Market,
            market => new RunningMarket(market, new MarketRegion(market, Engine.Add(market)), views.Markets[market.Market]));
        _thread = new EngineThread(Engine, Clock, _wakeUp, options.SnapshotEvery, logger);
    }

    public IReadOnlyDictionary<MarketId, RunningMarket> Markets { get; }

    public Engine Engine { get; }

    /// <summary>The engine's, for those who ask how long it takes.</summary>
    public MeasuredJournal Journal { get; }

    public DeadLetters DeadLetters { get; } = new();

    /// <summary>This node's place in its cluster; null when it is alone.</summary>
    public ClusterNode? Cluster { get; }

    public EngineClock Clock { get; }

    /// <summary>Null for a text that is no market of this node.</summary>
    public RunningMarket? Find(string? market) => MarketId.TryRead(market, out var id) ? Markets.GetValueOrDefault(id) : null;

    /// <summary>Starts the engine, and opens the markets; in a cluster those wait until it is reached.</summary>
    public async Task StartAsync(CancellationToken cancel)
    {
        _thread.Start();
        if (Cluster is null) { await OpenMarketsAsync(cancel); }
    }

    /// <summary>Opens the markets that are new, and starts those that start by themselves. May be done twice, and by many nodes.</summary>
    /// <exception cref="UnansweredException">The market can promise nothing now.</exception>
    public async Task OpenMarketsAsync(CancellationToken cancel)
    {
        foreach (var market in _options.Markets)
        {
            var region = Markets[market.Id].Region;
            var seed = market.Seed ?? BitConverter.ToUInt64(RandomNumberGenerator.GetBytes(8));
            await region.AskAsync<Moved>(to => new OpenMarket(seed, to), cancel);
            if (market.AutoStart && Markets[market.Id].View.Status is MarketStatus.Open)
            {
                await region.AskAsync<Moved>(to => new MoveMarket(MarketAction.Start, to), cancel);
            }
        }
    }

    /// <summary>Looks at the engine on its own thread, between two rounds: a small look of a bounded number of steps, at what is durable.</summary>
    /// <exception cref="UnansweredException">The journal cannot be written: what the shards hold now, nobody was told.</exception>
    public Task<T> LookAsync<T>(Func<Engine, T> look, CancellationToken cancel) => _thread.InvokeAsync(() => Engine.Down is { } down
        ? throw new UnansweredException(new Failure(FailureKind.JournalUnavailable, down))
        : look(Engine)).WaitAsync(LookPatience, cancel);

    public void Dispose()
    {
        _thread.Dispose();
        _wakeUp.Dispose();
    }

    /// <summary>A market goes on with the rules it was opened with; others are for a new one.</summary>
    private static MarketRules Kept(IJournal journal, MarketRules configured, ILogger logger)
    {
        if (RulesCodec.OfJournal(journal, configured) is not { } kept) { return configured; }
        if (RulesCodec.Write(kept) != RulesCodec.Write(configured))
        {
            logger.LogWarning("Market {Market} goes on with the rules it was opened with; for those configured now use another data folder", kept.Market);
        }
        return kept;
    }

    private MarketView View(MarketRules rules, Hub hub) =>
        new(rules.Market, rules.Shards, rules.Teams, _options.History.Prices, _options.History.Gibbs, hub, _options.Cluster is null ? null : hub.Tell);
}
