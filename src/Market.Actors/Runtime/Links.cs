using Market.Actors.Mailboxes;
using Market.Protocol.Messages;
using Market.Protocol.Values;

namespace Market.Actors.Runtime;

/// <summary>
/// What a shard and one of its peers owe each other. Messages are numbered without gaps; the receiver journals how far it has come
/// in the same turn as what the messages did, so each is handled exactly once; the sender keeps what is not acknowledged, in its
/// state, so that a crash of either side loses nothing.
/// </summary>
public sealed class Link
{
    // Outgoing, journaled: what we owe the peer.
    private readonly Queue<ActorMessage> _owed = new();

    /// <summary>The number of the first message still owed.</summary>
    public long FirstOwed { get; private set; } = 1;

    /// <summary>The number the next message gets.</summary>
    public long NextNumber => FirstOwed + _owed.Count;

    /// <summary>Incoming, journaled: the peer's messages handled, up to and with this number.</summary>
    public long Received { get; private set; }

    /// <summary>Outgoing, not journaled: the next number to send. After a crash all that is owed is sent again.</summary>
    public long NextToSend { get; private set; } = 1;

    public IReadOnlyCollection<ActorMessage> Owed => _owed;

    /// <summary>Something is owed that was not sent yet.</summary>
    public bool HasUnsent => NextToSend < NextNumber;

    /// <summary>Something was sent that is not acknowledged yet.</summary>
    public bool IsAwaiting => NextToSend > FirstOwed;

    public void Owe(ActorMessage message) => _owed.Enqueue(message);

    public void Acknowledged(long upTo)
    {
        Invariant.Require(upTo >= FirstOwed && upTo < NextNumber, "A peer acknowledges what it was sent.");
        for (; FirstOwed <= upTo; FirstOwed++) { _owed.Dequeue(); }
        NextToSend = Math.Max(NextToSend, FirstOwed);
    }

    public void HasReceived(long upTo)
    {
        Invariant.Require(upTo > Received, "What was received grows.");
        Received = upTo;
    }

    /// <summary>What was not sent yet; null when nothing is.</summary>
    public LinkBatch? TakeUnsent(int self)
    {
        if (!HasUnsent) { return null; }
        var unsent = _owed.Skip((int)(NextToSend - FirstOwed)).ToArray();
        var batch = new LinkBatch(self, NextToSend, unsent);
        NextToSend = NextNumber;
        return batch;
    }

    /// <summary>No acknowledgement came for too long: send all that is owed again.</summary>
    public void SendAgain() => NextToSend = FirstOwed;

    /// <summary>From a snapshot.</summary>
    public static Link Restore(long firstOwed, IEnumerable<ActorMessage> owed, long received)
    {
        var link = new Link { FirstOwed = firstOwed, Received = received, NextToSend = firstOwed };
        foreach (var message in owed) { link._owed.Enqueue(message); }
        return link;
    }
}
