using System.Globalization;
using Market.Actors.Prices;
using Market.Actors.Runtime;
using Market.Node.Config;
using Market.Node.Doors;
using Market.Node.Doors.Tokens;
using Market.Node.Hosting;
using Market.Node.Load;
using Market.Protocol.Values;
using Market.Actors.Answers;

namespace Market.Doors;

/// <summary>
/// A whole node as <c>run</c> makes one, with a journal of its own on the disk: one market, no bots, limits out of the way. Its price stands still at
/// one coin, so that no order is refused.
/// </summary>
internal sealed class LoadedNode : IAsyncDisposable
{
    private readonly WebApplication _app;
    private readonly string _folder;
    private int _joined;

    private LoadedNode(WebApplication app, string folder) => (_app, _folder) = (app, folder);

    public Uri Url => new(_app.Urls.Single() + "/");

    public MarketNode Node => _app.Services.GetRequiredService<MarketNode>();

    public RunningMarket Market => Node.Markets.Values.Single();

    /// <param name="tickMs">Between two prices.</param>
    /// <param name="hasDoors">False runs the markets alone.</param>
    public static async Task<LoadedNode> StartAsync(string within, int tickMs = 1_000, bool hasDoors = true)
    {
        var folder = Directory.CreateDirectory(Path.Combine(within, $"monkonomy-doors-{Guid.NewGuid():n}")).FullName;
        var rules = new MarketRules { Market = MarketId.Of("banana"), Price = PriceRules.Default with { Mu = 0, Sigma = 0, TickMs = tickMs } };
        var app = NodeHost.Build(new NodeOptions
        {
            DataFolder = folder,
            Http = new HttpOptions(Port: 0),
            Markets = [new MarketOptions(rules, Seed: 7)],
            Bots = new BotOptions(0),
            Limits = new LimitOptions { CommandsPerSecond = 1_000_000_000, CommandBurst = 1_000_000_000 },
        });
        var node = new LoadedNode(app, folder);
        await node.Node.StartAsync(CancellationToken.None);
        if (hasDoors) { await app.StartAsync(); }
        return node;
    }

    /// <summary>Lets so many new traders join, and gives each its token.</summary>
    public async Task<LoadTrader[]> JoinAsync(int count)
    {
        var tokens = _app.Services.GetRequiredService<TraderTokens>();
        var keys = Enumerable.Range(_joined, count).Select(i => new TraderKey(Market.Rules.Teams[i % Market.Rules.Teams.Count], i.ToString("'trader-'d5", CultureInfo.InvariantCulture))).ToList();
        _joined += count;
        var traders = new List<LoadTrader>();
        foreach (var key in keys)
        {
            await Market.Region.AskAsync<Joined>(to => new JoinTrader(key, to), CancellationToken.None);
            traders.Add(new LoadTrader(key, tokens.Issue(Market.Id, key)));
        }
        return [.. traders];
    }

    public async ValueTask DisposeAsync()
    {
        await _app.StopAsync();
        await _app.DisposeAsync();
        Directory.Delete(_folder, recursive: true);
    }
}
