using Market.Actors.Journal;
using Market.Node.Config;

namespace Market.Node.Hosting;

/// <summary>Runs a node until it is told to stop.</summary>
public static class RunNode
{
    /// <returns>0 after a graceful end, 1 when it could not start; then it has said why and what to do.</returns>
    public static async Task<int> RunAsync(NodeOptions options, CancellationToken cancel)
    {
        try
        {
            await using var app = NodeHost.Build(options);
            var node = app.Services.GetRequiredService<MarketNode>();
            await node.StartAsync(cancel);
            await app.StartAsync(cancel);
            Console.WriteLine($"The market is open at {app.Urls.First()}");
            await app.WaitForShutdownAsync(cancel);
            return 0;
        }
        catch (Exception failed) when (failed is ConfigurationException or JournalUnavailableException or JournalCorruptException or IOException)
        {
            await Console.Error.WriteLineAsync(failed.Message);
            return 1;
        }
    }
}
