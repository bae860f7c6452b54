using Market.Node.Doors;
using Market.Node.Hosting;

namespace Market.Node.Cluster;

/// <summary>Opens the markets of a cluster as soon as it is reached; whichever node is first does it, for the others it is done.</summary>
public sealed class MarketOpening(MarketNode node, TimeProvider time) : BackgroundService
{
    private static readonly TimeSpan TryAgainAfter = TimeSpan.FromMilliseconds(500);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (!stoppingToken.IsCancellationRequested)
        {
            try
            {
                await node.OpenMarketsAsync(stoppingToken);
                return;
            }
            catch (UnansweredException)
            {
                await Task.Delay(TryAgainAfter, time, stoppingToken);
            }
        }
    }
}
