using Market.Actors.Cluster;
using Market.Node.Cluster;
using RabbitMQ.Client;

namespace Market.Cluster;

/// <summary>Listens to what nodes tell each other.</summary>
internal static class Even
{
    /// <summary>Returns when so many nodes each say that they own a share.</summary>
    public static async Task OfAsync(Uri broker, string cluster, int nodes, CancellationToken cancel)
    {
        var shares = new Dictionary<string, int>();
        var even = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        await using var connection = await new ConnectionFactory { Uri = broker, AutomaticRecoveryEnabled = false }.CreateConnectionAsync(cancel);
        await new NoticeBoard(await connection.CreateChannelAsync(cancellationToken: cancel), new Topology(cluster), Hear).ListenAsync(cancel);
        await even.Task.WaitAsync(TimeSpan.FromSeconds(60), cancel);

        void Hear(Notice notice)
        {
            if (notice is not Here here) { return; }
            shares[here.Node] = here.Owned.Count;
            if (shares.Count == nodes && shares.Values.Max() - shares.Values.Min() <= 1) { even.TrySetResult(); }
        }
    }
}
