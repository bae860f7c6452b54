using Market.Servers;

namespace Market.Chaos.Machines;

/// <summary>One node and its ways to the broker and to the database.</summary>
internal sealed class Machine(NodeProcess node, Line toBroker, Line toDatabase, NetworkNamespace? network) : IAsyncDisposable
{
    private static readonly TimeSpan BetweenStarts = TimeSpan.FromMilliseconds(500);

    public string Name => node.Name;

    public Uri Door => node.Address;

    public NodeProcess Node => node;

    public Line ToBroker => toBroker;

    public Line ToDatabase => toDatabase;

    /// <summary>The network that it is alone in; null when it shares ours.</summary>
    public NetworkNamespace? Network => network;

    /// <summary>Starts it as a supervisor of services does: again and again, for it ends when what it needs at the start cannot be reached.</summary>
    public async Task StartAsync()
    {
        while (!await Task.Run(TryStart)) { await Pause.ForAsync(BetweenStarts); }
    }

    public async ValueTask DisposeAsync()
    {
        node.Dispose();
        network?.Dispose();
        await toBroker.DisposeAsync();
        await toDatabase.DisposeAsync();
    }

    private bool TryStart()
    {
        try
        {
            node.Start();
            return true;
        }
        catch (InvalidOperationException)
        {
            return false;
        }
    }
}
