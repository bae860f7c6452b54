using Market.Actors.Cluster;
using Market.Actors.Journal;
using Market.Actors.Mailboxes;
using Market.Actors.Runtime;
using Market.Protocol.Values;

namespace Market.Node.Cluster;

/// <summary>
/// Takes mail of this node's shards to other shards through their queues, also to those that live here today. While there is no broker it is lost: what
/// is owed is sent again.
/// </summary>
public sealed class ClusterLinks : IPeers
{
    private volatile ShardMailer? _mailer;

    /// <summary>Through this mailer from here on; null for none.</summary>
    public void Connect(ShardMailer? mailer) => _mailer = mailer;

    public void Send(StreamId @from, int toShard, object mail)
    {
        ShardMail posted = mail switch
        {
            LinkBatch batch => new LinkMail(batch),
            LinkAcknowledgement done => new AcknowledgementMail(done),
            _ => throw new InvariantBrokenException($"Shards do not send each other a {mail.GetType().Name}."),
        };
        _mailer?.Post(new StreamId(@from.Market, toShard), posted);
    }
}
