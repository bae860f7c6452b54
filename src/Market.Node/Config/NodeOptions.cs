using Market.Actors.Runtime;
using Market.Protocol.Values;

namespace Market.Node.Config;

/// <summary>All that one node is told by <c>cluster.hocon</c>, the environment and the command line. Immutable and valid.</summary>
public sealed record NodeOptions
{
    /// <summary>Where the journal and all else that is kept lies; default <c>./data</c>.</summary>
    public string DataFolder { get; init; } = "data";

    public HttpOptions Http { get; init; } = new();

    /// <summary>At least one.</summary>
    public required IReadOnlyList<MarketOptions> Markets { get; init; }

    public LimitOptions Limits { get; init; } = new();

    public HistoryOptions History { get; init; } = new();

    public BotOptions Bots { get; init; } = new();

    /// <summary>
    /// Events of one shard after which its snapshot is kept, once four times the last one's bytes were journaled; default 500,000: some
    /// hundredths of a second of replay.
    /// </summary>
    public long SnapshotEvery { get; init; } = 500_000;

    public TelemetryOptions Telemetry { get; init; } = new();

    /// <summary>Lines of the log are objects of JSON, for programs; default: words, for people.</summary>
    public bool JsonLog { get; init; }

    /// <summary>The cluster this node is part of; null for a node that is alone.</summary>
    public ClusterOptions? Cluster { get; init; }

    /// <summary>What an organiser must say to act as one; null means: made at the first start and kept in the data folder. From MARKET_ADMIN_TOKEN only.</summary>
    public string? AdminToken { get; init; }

    /// <summary>What must not be shown, wherever it might come to stand: the organiser's token and the passwords of broker and database.</summary>
    public IReadOnlyList<string> Secrets => [.. new[] { AdminToken, JoinCode }.Concat(Cluster?.Passwords ?? []).OfType<string>().Where(secret => secret.Length > 0)];

    /// <summary>What a trader must say to join; null or empty means: open to callers on this machine, closed to others.</summary>
    public string? JoinCode { get; init; }
}

/// <summary>What is sent to a collector, beside what is told to those who ask.</summary>
/// <param name="Collector">Of OTLP over HTTP, ending in a slash; null for none.</param>
/// <param name="Sample">The share of orders without a trace of their own that get one, 0 to 1.</param>
public sealed record TelemetryOptions(Uri? Collector = null, double Sample = 0.01);

/// <summary>Where the HTTP door listens.</summary>
/// <param name="Address">An IP address; loopback unless told otherwise.</param>
/// <param name="Port">0 takes any free one.</param>
public sealed record HttpOptions(string Address = "127.0.0.1", int Port = 5080);

/// <summary>One market of a node.</summary>
/// <param name="Seed">Of all chance in it; null draws one at its first start. Later the journal's counts.</param>
/// <param name="AutoStart">Whether it starts by itself when the node does, the first time.</param>
public sealed record MarketOptions(MarketRules Rules, ulong? Seed = null, bool AutoStart = true)
{
    public MarketId Id => Rules.Market;
}

/// <summary>How much strangers may ask for. Every queue, rate and size of the doors has its bound here.</summary>
public sealed record LimitOptions
{
    /// <summary>Commands a second of one trader, over all doors; default 1,000.</summary>
    public int CommandsPerSecond { get; init; } = 1_000;

    /// <summary>Commands of one trader at once; default 2,000: two of the longest arrays.</summary>
    public int CommandBurst { get; init; } = 2_000;

    /// <summary>Traders joining a second, from one address; default 100: a room behind one router.</summary>
    public int JoinsPerSecond { get; init; } = 100;

    /// <summary>Gibbs a second, from one address; default 20.</summary>
    public int GibbsPerSecond { get; init; } = 20;

    /// <summary>Longest array of commands; default 1,000.</summary>
    public int MaxCommandsPerRequest { get; init; } = 1_000;

    /// <summary>Longest body of a request and longest frame, in bytes; default 256 KiB.</summary>
    public int MaxBytes { get; init; } = 256 * 1024;

    /// <summary>Most open connections of all doors; default 5,000.</summary>
    public int MaxConnections { get; init; } = 5_000;

    /// <summary>Frames of one connection that may wait for their answers; default 1,000. More are not read until some are answered.</summary>
    public int MaxFramesInFlight { get; init; } = 1_000;

    /// <summary>Results that may wait, for their answers or for a slow reader; default 50,000, 150 bytes each. One more closes the connection with 1013.</summary>
    public int MaxResultsWaiting { get; init; } = 50_000;

    /// <summary>Unreadable frames after which a connection is closed; default 100.</summary>
    public int MaxBadFrames { get; init; } = 100;
}

/// <summary>How much is kept to be shown.</summary>
/// <param name="Prices">Ticks of each market; default 100,000, 64 bytes each: 28 hours at one a second.</param>
/// <param name="Gibbs">Posts of each market; default 1,000.</param>
public sealed record HistoryOptions(int Prices = 100_000, int Gibbs = 1_000);

/// <summary>The house's own traders.</summary>
/// <param name="Count">How many; default 8, 0 for an empty market, at most 1,000.</param>
/// <param name="GibbsFile">Posts to replay, JSON lines of time, author and text; null for none.</param>
/// <param name="GibbsSpeed">How much faster than they were posted; default 1.</param>
public sealed record BotOptions(int Count = 8, string? GibbsFile = null, double GibbsSpeed = 1);
