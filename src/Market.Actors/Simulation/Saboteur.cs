using Market.Actors.Journal;
using Market.Actors.Mailboxes;
using Market.Actors.Runtime;
using Market.Actors.Simulation.Cluster;

namespace Market.Actors.Simulation;

/// <summary>
/// Plants one fault into the system under simulation, at its ports, to see that it is found. This one plants none; the others live with
/// the tests, and nothing outside this assembly and its tests can name one.
/// </summary>
internal class Saboteur
{
    /// <summary>How often the fault has struck.</summary>
    public long Struck { get; protected set; }

    public virtual bool SkipsSync => false;

    /// <summary>The journal that the engine is given.</summary>
    public virtual IJournal Journal(IJournal sound, Machine machine) => sound;

    /// <summary>The follower that the engine is given.</summary>
    public virtual IJournalFollower Follower(IJournalFollower sound) => sound;

    /// <summary>The rules that the engine is given.</summary>
    public virtual MarketRules Rules(MarketRules sound) => sound;

    /// <summary>What becomes of mail between shards; null when it vanishes.</summary>
    public virtual object? Mail(World world, StreamId from, int toShard, object mail) => mail;

    /// <summary>The mark under which an answer is asked for.</summary>
    public virtual long Tag(long sound, Letter letter) => sound;

    /// <summary>Whether a shard that wants a turn gets one.</summary>
    public virtual bool LetsTurn(Shard shard) => true;

    public virtual void BeforeTurn(Shard shard)
    {
    }

    /// <summary>What a shard is given of a mail of its queue.</summary>
    public virtual Envelope Given(Envelope sound) => sound;

    /// <summary>The name by which a session of a node waits for answers.</summary>
    public virtual string Door(ClusterMachine machine, string sound) => sound;

    /// <summary>When a mail is acknowledged to its queue.</summary>
    public virtual AcknowledgeWhen Acknowledges => AcknowledgeWhen.ReplyIsConfirmed;

    /// <summary>Whether a node that lost its broker lets its shards go.</summary>
    public virtual bool LetsGo => true;

    /// <summary>Messages of another shard came to a mailbox.</summary>
    public virtual void Posted(ClusterMachine machine, StreamId shard, LinkBatch batch)
    {
    }

    /// <summary>A machine is coming to life; not the first one when there is a journal already.</summary>
    public virtual void Started(Machine machine)
    {
    }
}

/// <summary>When a mail is acknowledged to its queue: only the last is right.</summary>
internal enum AcknowledgeWhen
{
    ItCame,
    ReplyIsGiven,
    ReplyIsConfirmed,
}
