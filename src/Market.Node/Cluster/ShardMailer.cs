using System.Collections.Concurrent;
using System.Security.Cryptography;
using Market.Actors.Answers;
using Market.Actors.Cluster;
using Market.Actors.Journal;
using Market.Actors.Mailboxes;
using Market.Node.Doors;
using Market.Node.Hosting;
using Market.Protocol.Values;
using Market.Protocol.Wire;

namespace Market.Node.Cluster;

/// <summary>
/// Carries what this node's doors and shards say to shards, wherever they live, to the shards' queues. Of each shard's commands one message is on its
/// way at a time: what is told meanwhile gathers in the door's mailbox and goes with the next, so that a quiet market waits for nothing and a busy
/// one sends few, large messages.
/// </summary>
/// <param name="door">Where the answers are waited for.</param>
/// <param name="mailboxes">What doors told each shard; taken from by this alone.</param>
/// <param name="mostOfATrader">Of each market, most commands of one trader in a message.</param>
/// <param name="desk">Where the answers will be expected.</param>
public sealed class ShardMailer(
    string door, Topology topology, ConfirmedChannel channel, IReadOnlyDictionary<StreamId, Mailbox> mailboxes, IReadOnlyDictionary<MarketId, int> mostOfATrader,
    DoorDesk desk, EngineClock clock, Bell bell)
{
    private static readonly Failure CutOff = new(FailureKind.Unreachable, "This node was cut off or stood still for a while; send it again with the same txnId.");

    private readonly ConcurrentDictionary<StreamId, bool> _onTheirWay = new();
    private readonly ConcurrentQueue<(StreamId Shard, ShardMail Mail)> _others = new();
    private long _beat;
    private volatile bool _refuses;

    /// <summary>The last of this door's own notices that came back.</summary>
    public long Beat
    {
        get => Volatile.Read(ref _beat);
        set => Volatile.Write(ref _beat, value);
    }

    /// <summary>What doors were told before now goes nowhere. To be called before the next <see cref="Beat"/> is set.</summary>
    public void RefuseWhatWaits()
    {
        _refuses = true;
        bell.Ring();
    }

    /// <summary>Mail that is not a door's: links, acknowledgements, claims. Any thread; never blocks.</summary>
    public void Post(StreamId shard, ShardMail mail)
    {
        _others.Enqueue((shard, mail));
        bell.Ring();
    }

    /// <summary>Sends until cancelled.</summary>
    public async Task RunAsync(CancellationToken cancel)
    {
        while (true)
        {
            while (_others.TryDequeue(out var other)) { await SendAsync(other.Shard, other.Mail, null, cancel); }
            foreach (var (shard, mailbox) in mailboxes)
            {
                var beat = Beat; // before the look whether to refuse: what is gathered under a new one was told after
                if (_refuses) { Refuse(); }
                if (mailbox.HasMail && _onTheirWay.TryAdd(shard, true)) { await SendAsync(shard, mailbox, beat, cancel); }
            }
            await bell.WaitAsync(cancel);
        }
    }

    private void Refuse()
    {
        _refuses = false;
        foreach (var mailbox in mailboxes.Values) { mailbox.Refuse(CutOff); }
    }

    private async Task SendAsync(StreamId shard, Mailbox mailbox, long beat, CancellationToken cancel)
    {
        var mails = DoorMail.Gather(door, beat, mostOfATrader[shard.Market], mailbox, desk, clock.Now, NewId);
        for (var i = 0; i < mails.Count; i++)
        {
            await SendAsync(shard, mails[i], i + 1 < mails.Count ? null : () => Arrived(shard), cancel);
        }
        if (mails.Count == 0) { _onTheirWay.TryRemove(shard, out _); }
    }

    private Task SendAsync(StreamId shard, ShardMail mail, Action? confirmed, CancellationToken cancel)
    {
        var bytes = new BytesWriter();
        ShardMailCodec.Write(bytes, mail);
        return channel.PublishAsync("", topology.ShardQueue(shard), bytes.WrittenMemory, mandatory: true, confirmed, cancel);
    }

    private void Arrived(StreamId shard)
    {
        _onTheirWay.TryRemove(shard, out _);
        if (mailboxes[shard].HasMail) { bell.Ring(); }
    }

    private static ulong NewId() => BitConverter.ToUInt64(RandomNumberGenerator.GetBytes(sizeof(ulong))) | 1; // 0 is none
}
