using Market.Actors.Answers;
using Market.Actors.Journal;
using Market.Actors.Runtime;
using Market.Actors.Shards;
using Market.Node.Cluster;
using Market.Node.Config;
using Market.Node.Doors;
using Market.Node.Doors.Amqp;
using Market.Node.Doors.Limits;
using Market.Node.Doors.Tokens;
using Market.Node.Hosting;
using Market.Protocol.Values;
using Microsoft.Extensions.Logging.Abstractions;
using RabbitMQ.Client;

namespace Market.Servers.Tests.Amqp;

/// <summary>A market in this process, in memory, and its door at a real broker; the door's node can end at any point.</summary>
internal sealed class AmqpGame : IAsyncDisposable
{
    public const string Name = "game";

    private static readonly MarketId Banana = MarketId.Of("banana");

    private readonly NodeOptions _options;
    private readonly MarketNode _node;
    private readonly TraderTokens _tokens = new(new byte[32]);

    private AmqpGame(Uri broker, LimitOptions limits)
    {
        Broker = broker;
        var rules = new MarketRules { Market = Banana, Shards = 4 };
        _options = new NodeOptions
        {
            Markets = [new MarketOptions(rules, 7)],
            Limits = limits,
            Cluster = new ClusterOptions { Name = Name, Node = "node", Broker = broker, Database = "", TokenKey = new byte[32] },
        };
        var journal = new MemoryJournal();
        _node = new MarketNode(_options with { Cluster = null }, journal, () => journal, new Hub(), TimeProvider.System, NullLogger<MarketNode>.Instance);
    }

    public Uri Broker { get; }

    public static async Task<AmqpGame> StartAsync(Uri broker, LimitOptions? limits = null)
    {
        var game = new AmqpGame(broker, limits ?? new LimitOptions());
        await game._node.StartAsync(CancellationToken.None);
        return game;
    }

    /// <summary>A node's session with the door as its only part.</summary>
    /// <param name="tells">Whether what the door answers leaves it; when not, it is as if it had ended before.</param>
    public async Task<PlainSession> OpenDoorAsync(bool tells = true)
    {
        var session = await PlainSession.BeginAsync(Broker, tells);
        var door = new AmqpDoor(_node, new CommandDoor(_node, new TraderLimits(_options.Limits, TimeProvider.System)), _tokens, _options, new NewsOutbox(new AmqpOptions()), TimeProvider.System);
        await door.BeginAsync(session, session.End);
        return session;
    }

    public string TokenOf(string name, string market = "banana") => _tokens.Issue(MarketId.Of(market), new TraderKey("BONOBO", name));

    /// <returns>The trader's token.</returns>
    public async Task<string> JoinAsync(string name)
    {
        await Region.AskAsync<Joined>(to => new JoinTrader(new TraderKey("BONOBO", name), to), CancellationToken.None);
        return TokenOf(name);
    }

    public TraderState? StateOf(string name) => _node.Markets[Banana].View.Trader(new TraderKey("BONOBO", name));

    public int Gibbs => _node.Markets[Banana].View.LastGibbs(100).Count;

    public ValueTask DisposeAsync()
    {
        _node.Dispose();
        return ValueTask.CompletedTask;
    }

    private MarketRegion Region => _node.Markets[Banana].Region;
}

/// <summary>A connection of a node, with nothing of a cluster on it.</summary>
internal sealed class PlainSession : IBrokerSession, IAsyncDisposable
{
    private readonly IConnection _connection;
    private readonly bool _tells;
    private readonly CancellationTokenSource _end = new();
    private readonly List<Task> _running = [];
    private int _refused;

    private PlainSession(IConnection connection, bool tells) => (_connection, _tells) = (connection, tells);

    public CancellationToken End => _end.Token;

    /// <summary>Messages to clients that were refused.</summary>
    public int Refused => Volatile.Read(ref _refused);

    /// <summary>Why it would have ended, were it a node's.</summary>
    public string? Broken { get; private set; }

    public static async Task<PlainSession> BeginAsync(Uri broker, bool tells) =>
        new(await new ConnectionFactory { Uri = broker, AutomaticRecoveryEnabled = false }.CreateConnectionAsync(), tells);

    public Task<IChannel> ChannelAsync() => _connection.CreateChannelAsync();

    public async Task<ConfirmedChannel> ConfirmedAsync(bool toClients = false) =>
        new(await _connection.CreateChannelAsync(ConfirmedChannel.Options), why => Broken = why, toClients ? () => Interlocked.Increment(ref _refused) : null);

    public void Run(Func<CancellationToken, Task> part)
    {
        if (_tells) { _running.Add(part(_end.Token)); }
    }

    public async ValueTask DisposeAsync()
    {
        await _end.CancelAsync();
        await Task.WhenAll(_running).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        await _connection.DisposeAsync();
        _end.Dispose();
    }
}
