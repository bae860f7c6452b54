using Market.Actors.Cluster;
using Market.Actors.Journal;
using Market.Actors.Mailboxes;
using Market.Actors.Views;
using Market.Node.Config;
using Market.Node.Doors;
using Market.Node.Hosting;
using Market.Protocol.Values;

namespace Market.Node.Cluster;

/// <summary>What outlives a connection to the broker: a session is made of these, and leaves them behind when it ends.</summary>
public sealed record ClusterParts
{
    /// <summary>This node's name; no two nodes of a cluster have the same.</summary>
    public required string Node { get; init; }

    /// <summary>Where this node's HTTP door listens, for those who ask who is there; empty when it has none.</summary>
    public required string Http { get; init; }

    public required NodeRoles Roles { get; init; }

    public required Topology Topology { get; init; }

    /// <summary>All shards of all markets.</summary>
    public required IReadOnlyList<StreamId> Shards { get; init; }

    /// <summary>Of each market, how many commands of a trader may come again at most.</summary>
    public required IReadOnlyDictionary<MarketId, int> MostRedeliverable { get; init; }

    public required IShardHost Host { get; init; }

    /// <summary>What this node's doors told each shard.</summary>
    public required IReadOnlyDictionary<StreamId, Mailbox> DoorMailboxes { get; init; }

    /// <summary>Rung when there is something in a door's mailbox, or another mail to send.</summary>
    public required Bell MailBell { get; init; }

    public required DoorDesk Desk { get; init; }

    /// <summary>Whether this node's doors may take commands, and its shards handle mail.</summary>
    public required Lease Lease { get; init; }

    /// <summary>The way from this node's shards to others.</summary>
    public required ClusterLinks Links { get; init; }

    public required TurnFeed TurnFeed { get; init; }

    public required NodeViews Views { get; init; }

    public required CatchingUp CatchingUp { get; init; }

    public required ClusterCounters Counters { get; init; }

    /// <summary>What else talks over a session's connection: added before the first.</summary>
    public List<ISessionPart> Others { get; } = [];

    public required EngineClock Clock { get; init; }

    public required TimeProvider Time { get; init; }

    public required ILogger Logger { get; init; }
}
