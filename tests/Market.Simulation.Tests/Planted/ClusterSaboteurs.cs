using Market.Actors.Answers;
using Market.Actors.Cluster;
using Market.Actors.Journal;
using Market.Actors.Mailboxes;
using Market.Actors.Simulation;
using Market.Actors.Simulation.Cluster;

namespace Market.Simulation.Tests.Planted;

/// <summary>Mail is acknowledged to its queue too early.</summary>
internal sealed class EarlyAcknowledgement(AcknowledgeWhen when) : Saboteur
{
    public override AcknowledgeWhen Acknowledges
    {
        get
        {
            Struck++;
            return when;
        }
    }
}

/// <summary>What a node may not write, because another owns the shard, it takes for written.</summary>
internal sealed class DeafToConflicts : Saboteur
{
    public override IJournal Journal(IJournal sound, Machine machine) => new WithAppend(sound, turns =>
    {
        try { sound.Append(turns); }
        catch (JournalConflictException) { Struck++; }
    });
}

/// <summary>A request that is handed out again is a request like any other.</summary>
internal sealed class ForgottenRequests : Saboteur
{
    public override Envelope Given(Envelope sound)
    {
        if (sound.Body is not Request request) { return sound; }
        Struck++;
        return new Envelope { Body = request with { Id = 0 } };
    }
}

/// <summary>A node waits for answers by its own name: its next life gets what the last one asked for.</summary>
internal sealed class SameDoor : Saboteur
{
    public override string Door(ClusterMachine machine, string sound)
    {
        Struck++;
        return machine.Name;
    }
}

/// <summary>A node that lost its broker keeps its shards as they were, and goes on from them when it is back.</summary>
internal sealed class ZombieShards : Saboteur
{
    public override bool LetsGo
    {
        get
        {
            Struck++;
            return false;
        }
    }
}

/// <summary>Messages of other shards are acknowledged when they came, not when they were journaled: who hands the shard on meanwhile loses them.</summary>
internal sealed class HastyLinks : Saboteur
{
    public override void Posted(ClusterMachine machine, StreamId shard, LinkBatch batch)
    {
        Struck++;
        var upTo = new LinkAcknowledgement(shard.Shard, batch.FirstNumber + batch.Messages.Count - 1);
        machine.Post(new StreamId(shard.Market, batch.FromShard), new AcknowledgementMail(upTo));
    }
}
