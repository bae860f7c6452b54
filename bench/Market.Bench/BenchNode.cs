using Market.Actors.Answers;
using Market.Actors.Prices;
using Market.Actors.Runtime;
using Market.Node.Config;
using Market.Node.Doors;
using Market.Node.Hosting;
using Market.Node.Journals.Sqlite;
using Market.Protocol.Values;
using Microsoft.Extensions.Logging.Abstractions;

namespace Market.Bench;

/// <summary>
/// A whole node without its doors: engine, views and the SQLite journal, as a real start makes them. One market, whose price stands still at one coin.
/// </summary>
internal sealed class BenchNode : IDisposable
{
    private const int MostJoinsWaiting = 1_000;

    private readonly SqliteJournal _journal;

    /// <summary>Recovers what lies in the folder. Nothing runs before <see cref="Start"/>.</summary>
    public BenchNode(string folder, int shards, NodeOptions? like = null)
    {
        var market = MarketId.Of("banana");
        var rules = new MarketRules { Market = market, Shards = shards, Price = PriceRules.Default with { Mu = 0, Sigma = 0 } };
        var options = (like ?? Options) with { Markets = [new MarketOptions(rules, Seed: 7)] };
        _journal = SqliteJournal.Open(folder);
        Node = new MarketNode(options, _journal, () => SqliteJournal.OpenReadOnly(folder), new Hub(), TimeProvider.System, NullLogger<MarketNode>.Instance);
        Market = Node.Markets[market];
    }

    /// <summary>No snapshots but those at the end.</summary>
    public static NodeOptions WithoutSnapshots { get; } = new() { Markets = [], SnapshotEvery = long.MaxValue };

    private static NodeOptions Options { get; } = new() { Markets = [] };

    public MarketNode Node { get; }

    public RunningMarket Market { get; }

    /// <summary>A folder of its own, which is not there yet.</summary>
    public static string NewFolder(string within) => Path.Combine(within, $"monkonomy-bench-{Guid.NewGuid():n}");

    public void Start() => Node.StartAsync(CancellationToken.None).GetAwaiter().GetResult();

    /// <summary>Lets so many traders join, and waits until they have.</summary>
    public TraderKey[] Join(int count)
    {
        var keys = Keys(Market.Rules, count);
        var joined = new JoinCount();
        for (var i = 0; i < count; i++)
        {
            while (i - joined.Count >= MostJoinsWaiting || !Market.Region.TryAsk(new JoinTrader(keys[i], joined))) { Thread.Yield(); }
        }
        while (joined.Count < count) { Thread.Yield(); }
        return keys;
    }

    /// <summary>The traders that <see cref="Join"/> lets join.</summary>
    public static TraderKey[] Keys(MarketRules rules, int count) =>
        [.. Enumerable.Range(0, count).Select(i => new TraderKey(rules.Teams[i % rules.Teams.Count], $"trader-{i:d7}"))];

    public void Dispose()
    {
        Node.Dispose();
        _journal.Dispose();
    }

    private sealed class JoinCount : IAnswerTo<Joined>
    {
        private int _count;

        public int Count => Volatile.Read(ref _count);

        public void Answer(long tag, in Joined answer) => Volatile.Write(ref _count, _count + 1);

        public void Fail(long tag, Failure failure) => throw new InvalidOperationException(failure.Message);
    }
}
