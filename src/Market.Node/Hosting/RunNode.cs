using System.Globalization;
using System.Net;
using System.Text.Json;
using Market.Actors.Journal;
using Market.Node.Bots;
using Market.Node.Cli;
using Market.Node.Config;
using Market.Node.Doors;
using Market.Node.Doors.Tokens;
using Market.Node.Journals.Postgres;

namespace Market.Node.Hosting;

/// <summary><c>run</c>: a node in this process until it is told to stop.</summary>
public static class RunNode
{
    /// <returns>0 after a graceful end, 1 when it could not start; then it has said why and what to do.</returns>
    public static async Task<int> RunAsync(RunOptions told, CancellationToken cancel)
    {
        try
        {
            var options = Options(told);
            await using var app = NodeHost.Build(options);
            var node = app.Services.GetRequiredService<MarketNode>();
            await node.StartAsync(cancel);
            await app.StartAsync(cancel);
            SayWhere(app, options, told.Json);
            await WaitAsync(app.Lifetime.ApplicationStopping, cancel);
            await app.StopAsync(CancellationToken.None);
            return ExitCode.Done;
        }
        catch (Exception failed) when (IsToBeSaid(failed))
        {
            await Console.Error.WriteLineAsync(failed is IOException
                ? $"{failed.Message} Is another node running? Choose another address with --http, or stop it."
                : failed.Message);
            return ExitCode.Failed;
        }
        catch (OperationCanceledException) when (cancel.IsCancellationRequested)
        {
            return ExitCode.Done;
        }
    }

    private static NodeOptions Options(RunOptions told)
    {
        var overrides = new Dictionary<string, string?>();
        void Set(string key, string? value)
        {
            if (value is not null) { overrides[$"monkonomy:{key}"] = value; }
        }
        Set("data", told.DataFolder);
        Set("http:address", told.Http?.Address.ToString());
        Set("http:port", told.Http?.Port.ToString(CultureInfo.InvariantCulture));
        Set("bots", (told.InCluster ? told.Bots ?? 0 : told.Bots)?.ToString(CultureInfo.InvariantCulture));
        Set("cluster:transport", told.InCluster ? "rabbitmq" : null);
        Set("cluster:node", told.NodeName);
        var options = ConfigurationFile.Read(told.ConfigFile, overrides);
        var markets = options.Markets.Select(market => ForThisRun(market, told)).ToList();
        return options with
        {
            Markets = markets,
            Bots = options.Bots with { GibbsFile = told.GibbsFile ?? options.Bots.GibbsFile, GibbsSpeed = told.GibbsSpeed ?? options.Bots.GibbsSpeed },
        };
    }

    /// <summary>What the command line says of chance and pace, it says of every market.</summary>
    private static MarketOptions ForThisRun(MarketOptions market, RunOptions told) => market with
    {
        Seed = told.Seed ?? market.Seed,
        Rules = told.Tick is { } tick
            ? market.Rules with { Price = market.Rules.Price with { TickMs = (int)tick.TotalMilliseconds } }
            : market.Rules,
    };

    private static void SayWhere(WebApplication app, NodeOptions options, bool asJson)
    {
        var address = app.Urls.First().Replace("0.0.0.0", Dns.GetHostName(), StringComparison.Ordinal).Replace("[::]", Dns.GetHostName(), StringComparison.Ordinal);
        var adminToken = options.AdminToken is null ? Path.GetFullPath(KeptSecrets.AdminTokenPath(options.DataFolder)) : null;
        var journal = options.Cluster is { } cluster ? PostgresOptions.Of(cluster).Place : Path.GetFullPath(options.DataFolder);
        if (asJson)
        {
            Console.WriteLine(JsonSerializer.Serialize(new { address, data = Path.GetFullPath(options.DataFolder), journal, node = options.Cluster?.Node, adminToken }));
            return;
        }
        Console.WriteLine(options.Cluster is null ? $"The market is open: {address}" : $"Node {options.Cluster.Node} is open: {address}");
        Console.WriteLine($"  journal in {journal}, the organiser's token in {adminToken ?? "MARKET_ADMIN_TOKEN"}");
        Console.WriteLine("  Ctrl-C ends it; nothing is lost.");
    }

    /// <param name="leaving">The node was told to leave its cluster.</param>
    private static async Task WaitAsync(CancellationToken leaving, CancellationToken cancel)
    {
        var told = new TaskCompletionSource();
        await using var left = leaving.Register(() => told.TrySetResult());
        await using var registration = cancel.Register(() => told.TrySetResult());
        await told.Task;
    }

    private static bool IsToBeSaid(Exception failed) => failed
        is ConfigurationException or JournalUnavailableException or JournalCorruptException or UnansweredException or GibbsFileException or IOException or UnauthorizedAccessException;
}
