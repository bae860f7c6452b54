using System.Security.Cryptography;
using Market.Actors.Bots;
using Market.Actors.Chance;
using Market.Node.Config;
using Market.Node.Doors;
using Market.Node.Hosting;

namespace Market.Node.Bots;

/// <summary>
/// The house: its own traders and small talk in every market of a node, and the replay of a file of gibbs in the first. Started after
/// the node and before its doors, so that the house's names are taken when strangers come; stopped before the node. All its bots play on one
/// task that sleeps until the market speaks; a house of none, without a file, costs nothing.
/// </summary>
public sealed class HouseBots(MarketNode node, Hub hub, BotOptions options, TimeProvider time, ILogger<HouseBots> logger) : IHostedService, IDisposable
{
    /// <summary>Most traders of the house in one market.</summary>
    public const int MostBots = 1_000;

    private readonly CancellationTokenSource _stop = new();
    private readonly TableWorker _worker = new(time);
    private readonly List<RunningGate> _gates = [];
    private readonly List<Task> _running = [];
    private Table[] _tables = [];
    private bool _disposed;

    /// <summary>Lets the house's traders join and sets all going. Those who cannot join now do so as soon as they can.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The number of bots is not from 0 to <see cref="MostBots"/>.</exception>
    /// <exception cref="GibbsFileException">The file of gibbs cannot be replayed.</exception>
    public async Task StartAsync(CancellationToken cancellationToken)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(options.Count);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(options.Count, MostBots);
        var replay = await ReplayAsync(cancellationToken);
        if (options.Count > 0) { await StartBotsAsync(cancellationToken); }
        if (replay is not null) { Run(replay.RunAsync, "The replay of gibbs"); }
    }

    /// <summary>Stops playing. What was sent is answered or not; the next start goes on from what the market says.</summary>
    public async Task StopAsync(CancellationToken cancellationToken)
    {
        await _stop.CancelAsync();
        Leave();
        await Task.WhenAll(_running).WaitAsync(cancellationToken);
    }

    /// <summary>Stops without waiting for what is going on; may be called again.</summary>
    public void Dispose()
    {
        if (_disposed) { return; }
        _disposed = true;
        _stop.Cancel();
        Leave();
        _worker.Dispose();
        _stop.Dispose();
    }

    private async Task<GibbReplay?> ReplayAsync(CancellationToken cancel)
    {
        if (options.GibbsFile is not { } file) { return null; }
        var market = node.Markets.Values.First();
        var replay = new GibbReplay(file, options.GibbsSpeed, market.Region, Gate(market), time, logger);
        var posts = await replay.CheckAsync(cancel);
        logger.LogInformation("{Posts} gibbs of {File} are replayed in {Market} at {Speed} times their pace.", posts, file, market.Id, options.GibbsSpeed);
        return replay;
    }

    private async Task StartBotsAsync(CancellationToken cancel)
    {
        var seed = BitConverter.ToUInt64(RandomNumberGenerator.GetBytes(8));
        _tables = [.. node.Markets.Values.Select(market => Lay(market, seed))];
        foreach (var table in _tables)
        {
            var missing = await table.SitDownAsync(cancel);
            if (missing is null) { logger.LogInformation("{Count} traders of the house play in {Market}.", options.Count, table.Market.Id); }
            else { logger.LogWarning("Not all of the house's traders could join {Market} yet: {Reason}", table.Market.Id, missing.Message); }
        }
        Run(stop => _worker.RunAsync(_tables, stop), "The play of the house's traders");
        foreach (var table in _tables) { Run(Talk(table.Market, seed).RunAsync, "Small talk"); }
    }

    private Table Lay(RunningMarket market, ulong seed)
    {
        // The tick tells people when it was; the random part tells two starts within one tick apart.
        var start = $"{market.View.Summary.Price.Seq}-{RandomNumberGenerator.GetHexString(12, lowercase: true)}";
        return new Table(market, hub, HouseNames.Cast(options.Count, market.Rules.Teams), start, seed, _worker.Ring, logger);
    }

    private Chatterbox Talk(RunningMarket market, ulong seed)
    {
        var share = market.Rules.Gibber.Terms.FirstOrDefault(term => term.Length > 0 && term[0] != '#');
        var chance = ChanceStream.For(seed, $"/{market.Id}/chatter");
        return new Chatterbox(market.Region, Gate(market), share is null ? new Chatter(chance) : new Chatter(chance, share), time);
    }

    private RunningGate Gate(RunningMarket market)
    {
        var gate = new RunningGate(hub, market.Id, () => market.View.Status);
        _gates.Add(gate);
        return gate;
    }

    private void Leave()
    {
        foreach (var table in _tables) { table.Leave(); }
        foreach (var gate in _gates) { gate.Dispose(); }
    }

    private void Run(Func<CancellationToken, Task> run, string what) => _running.Add(RunAsync(run, what));

    private async Task RunAsync(Func<CancellationToken, Task> run, string what)
    {
        try
        {
            await Task.Run(() => run(_stop.Token), _stop.Token);
        }
        catch (OperationCanceledException) when (_stop.IsCancellationRequested)
        {
        }
        catch (Exception fault)
        {
            logger.LogError(fault, "{What} stopped; the market goes on without.", what);
        }
    }
}
