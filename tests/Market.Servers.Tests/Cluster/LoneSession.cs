using Market.Actors.Answers;
using Market.Actors.Journal;
using Market.Actors.Runtime;
using Market.Actors.Views;
using Market.Node.Cluster;
using Market.Node.Config;
using Market.Node.Doors;
using Market.Node.Hosting;
using Market.Node.Telemetry;
using Market.Protocol.Values;
using Market.Servers.Tests.Servers;
using RabbitMQ.Client;

namespace Market.Servers.Tests.Cluster;

/// <summary>One node's session with a real broker, in this process, with a journal in memory, and time that can be made to pass.</summary>
internal sealed class LoneSession : IAsyncDisposable
{
    private static readonly MarketRules Rules = new() { Market = MarketId.Of("banana"), Shards = 4 };

    private readonly PassingTime _time = new();
    private readonly LogRing _log = new(TimeProvider.System, []);
    private readonly WakeUp _wakeUp = new();
    private readonly CancellationTokenSource _end = new();
    private readonly IConnection _connection;
    private readonly ClusteredMarkets _markets;
    private readonly EngineThread _thread;
    private readonly ClusterParts _parts;
    private readonly BrokerSession _session;
    private readonly Pulse _pulse;
    private readonly Task _running;

    private LoneSession(IConnection connection)
    {
        var options = new NodeOptions
        {
            Markets = [new MarketOptions(Rules)],
            Cluster = new ClusterOptions { Node = "node-1", Broker = new Uri("amqp://127.0.0.1"), Database = "", TokenKey = new byte[32] },
        };
        var (journal, clock, logger) = (new MemoryJournal(), new EngineClock(_time), _log.CreateLogger("session"));
        var views = new NodeViews(new Dictionary<MarketId, MarketView> { [Rules.Market] = new(Rules.Market, Rules.Shards, Rules.Teams, 10, 10, new Hub()) });
        _connection = connection;
        _markets = new ClusteredMarkets(options.Cluster, [Rules], views, journal, new DeadLetters(), _wakeUp.Set, null);
        _thread = new EngineThread(_markets.Engine, clock, _wakeUp, long.MaxValue, logger);
        _parts = _markets.Parts(options, _thread, clock, () => journal, _time, logger);
        _session = new BrokerSession(_parts, connection);
        _pulse = new Pulse(_parts.Lease, clock, _session.EndForStandstill);
        _thread.Start();
        _pulse.Start();
        _running = _session.RunAsync(_end.Token);
    }

    public IEnumerable<string> Log => _log.From(0, int.MaxValue).Select(line => line.Text);

    /// <summary>Returns when it owns all shards, and the market is open.</summary>
    public static async Task<LoneSession> BeginAsync(Uri broker)
    {
        var far = new ConnectionFactory { Uri = broker, AutomaticRecoveryEnabled = false, RequestedHeartbeat = TimeSpan.FromMinutes(5) }; // a test says when it is over
        var session = new LoneSession(await far.CreateConnectionAsync());
        await session._markets.Markets[Rules.Market].Region.AskAsync<Moved>(to => new OpenMarket(1, to), CancellationToken.None);
        await Eventually.TrueAsync(async () => (await session._parts.Host.OwnedAsync()).Count == Rules.Shards);
        return session;
    }

    public string QueueOf(TraderKey trader) => _parts.Topology.ShardQueue(new StreamId(Rules.Market, new Placement(Rules.Market, Rules.Shards).Of(trader)));

    /// <summary>Whether it joined, as far as this node journaled.</summary>
    public bool Knows(TraderKey trader) => _markets.Markets[Rules.Market].View.Trader(trader) is not null;

    /// <summary>Time passes, in which the node did not stand still.</summary>
    public void Live(TimeSpan time)
    {
        _time.Pass(time);
        _parts.Lease.Renew(_parts.Clock.Now).ShouldBeFalse();
    }

    /// <summary>Returns when it ended by itself.</summary>
    public Task EndedAsync() => _running.WaitAsync(TimeSpan.FromSeconds(30));

    public async ValueTask DisposeAsync()
    {
        await _connection.AbortAsync(Constants.ReplySuccess, "the test is over", TimeSpan.FromSeconds(1)); // a stalled line says nothing more
        await _running;
        _pulse.Dispose();
        _session.Dispose();
        await _connection.DisposeAsync();
        _thread.Dispose();
        _wakeUp.Dispose();
        _log.Dispose();
        _end.Dispose();
    }

    /// <summary>The machine's, and what was let pass.</summary>
    private sealed class PassingTime : TimeProvider
    {
        private long _passed;

        public override long GetTimestamp() => base.GetTimestamp() + Volatile.Read(ref _passed);

        public void Pass(TimeSpan time) => Interlocked.Add(ref _passed, (long)(time.TotalSeconds * TimestampFrequency));
    }
}
