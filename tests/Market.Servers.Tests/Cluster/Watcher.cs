using Market.Actors.Cluster;
using Market.Actors.Journal;
using Market.Node.Cluster;
using Market.Protocol.Values;
using Market.Servers.Tests.Servers;
using RabbitMQ.Client;

namespace Market.Servers.Tests.Cluster;

/// <summary>Hears what the nodes tell each other, and tells nothing.</summary>
internal sealed class Watcher : IAsyncDisposable
{
    private readonly Lock _gate = new();
    private readonly IReadOnlyList<StreamId> _shards;
    private readonly Members _members;
    private readonly IConnection _connection;
    private readonly Dictionary<string, int> _heard = new(StringComparer.Ordinal);

    private Watcher(IConnection connection, IReadOnlyList<StreamId> shards)
    {
        (_connection, _shards) = (connection, shards);
        _members = new Members("watcher", shards);
    }

    public static async Task<Watcher> StartAsync(Uri broker, string cluster, IReadOnlyList<StreamId> shards)
    {
        var connection = await new ConnectionFactory { Uri = broker, AutomaticRecoveryEnabled = false }.CreateConnectionAsync();
        var watcher = new Watcher(connection, shards);
        var topology = new Topology(cluster);
        await using (var channel = await connection.CreateChannelAsync()) { await topology.DeclareAsync(channel, shards, CancellationToken.None); }
        await new NoticeBoard(await connection.CreateChannelAsync(), topology, watcher.Hear).ListenAsync(CancellationToken.None);
        return watcher;
    }

    /// <summary>The shards each present node says it owns.</summary>
    public IReadOnlyDictionary<string, IReadOnlyList<StreamId>> Owned
    {
        get
        {
            lock (_gate)
            {
                return _members.Present(Now).ToDictionary(member => member.Node, IReadOnlyList<StreamId> (member) => [.. member.Owned.Select(owned => owned.Shard)]);
            }
        }
    }

    /// <summary>What a node said last; null when it is not present.</summary>
    public Here? Last(string node)
    {
        lock (_gate) { return _members.Present(Now).SingleOrDefault(member => member.Node == node); }
    }

    /// <summary>Returns when a node has told so many times more that it is there, which it does twice a second.</summary>
    public async Task HearAsync(string node, int times)
    {
        var before = Heard(node);
        await Eventually.TrueAsync(() => Heard(node) >= before + times);
    }

    /// <summary>Whether all shards are owned, once each, by these nodes in even shares.</summary>
    public bool IsEven(params string[] nodes)
    {
        var owned = Owned;
        var shares = owned.Where(node => node.Value.Count > 0).ToArray();
        return shares.Select(node => node.Key).Order(StringComparer.Ordinal).SequenceEqual(nodes.Order(StringComparer.Ordinal))
            && shares.Sum(node => node.Value.Count) == _shards.Count
            && shares.SelectMany(node => node.Value).Distinct().Count() == _shards.Count
            && shares.Max(node => node.Value.Count) - shares.Min(node => node.Value.Count) <= 1;
    }

    public ValueTask DisposeAsync() => _connection.DisposeAsync();

    private static Timestamp Now => Timestamp.Of(TimeProvider.System.GetUtcNow());

    private int Heard(string node)
    {
        lock (_gate) { return _heard.GetValueOrDefault(node); }
    }

    private void Hear(Notice notice)
    {
        lock (_gate)
        {
            _members.Hear(notice, Now);
            if (notice is Here here) { _heard[here.Node] = _heard.GetValueOrDefault(here.Node) + 1; }
        }
    }
}
