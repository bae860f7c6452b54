using System.Collections.Concurrent;
using System.Security.Cryptography;
using Market.Actors.Answers;
using Market.Actors.Cluster;
using Market.Actors.Journal;
using Market.Actors.Mailboxes;
using Market.Node.Doors;
using Market.Node.Hosting;
using Market.Protocol.Wire;

namespace Market.Node.Cluster;

/// <summary>
/// Carries what this node's doors and shards say to shards, wherever they live, to the shards' queues. Of each shard's commands one message is on its
/// way at a time: what is told meanwhile gathers in the door's mailbox and goes with the next, so that a quiet market waits for nothing and a busy
/// one sends few, large messages.
/// </summary>
/// <param name="mailboxes">What doors told each shard; taken from by this alone.</param>
/// <param name="desk">Where the answers will be expected.</param>
public sealed class ShardMailer(
    string node, Topology topology, ConfirmedChannel channel, IReadOnlyDictionary<StreamId, Mailbox> mailboxes, DoorDesk desk, EngineClock clock, Bell bell)
{
    private static readonly Failure TooManyWaiting = new(FailureKind.Overloaded, "Too many commands wait for their answers; send it again with the same txnId.");

    private readonly ConcurrentDictionary<StreamId, bool> _onTheirWay = new();
    private readonly ConcurrentQueue<(StreamId Shard, ShardMail Mail)> _others = new();

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
                if (mailbox.HasMail && _onTheirWay.TryAdd(shard, true)) { await SendAsync(shard, mailbox, cancel); }
            }
            await bell.WaitAsync(cancel);
        }
    }

    private async Task SendAsync(StreamId shard, Mailbox mailbox, CancellationToken cancel)
    {
        var mails = Gather(mailbox);
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

    /// <summary>All that waits, in its order: commands that follow each other in one mail, requests alone.</summary>
    private List<ShardMail> Gather(Mailbox mailbox)
    {
        var mails = new List<ShardMail>();
        var commands = new List<TicketedCommand>();
        foreach (ref var envelope in mailbox.TakeAll().Commands)
        {
            if (envelope.Body is Request request)
            {
                if (commands.Count > 0) { mails.Add(new CommandMail(node, commands)); }
                commands = [];
                if (desk.TryOpen(request, clock.Now, out var ticket)) { mails.Add(new RequestMail(node, ticket, NewId(), What(request))); }
                else { request.Fail(TooManyWaiting); }
            }
            else if (desk.TryOpen(envelope.AnswerTo, envelope.Tag, clock.Now, out var ticket))
            {
                commands.Add(new TicketedCommand(ticket, envelope.Trader!, envelope.Command));
            }
            else
            {
                envelope.AnswerTo?.Fail(envelope.Tag, TooManyWaiting);
            }
            envelope = default;
        }
        if (commands.Count > 0) { mails.Add(new CommandMail(node, commands)); }
        return mails;
    }

    private static ulong NewId() => BitConverter.ToUInt64(RandomNumberGenerator.GetBytes(sizeof(ulong))) | 1; // 0 is none

    private static Asked What(Request request) => request switch
    {
        JoinTrader join => new AskedJoin(join.Trader),
        PostGibb post => new AskedPost(post.Author, post.Text, post.Source),
        OpenMarket open => new AskedOpen(open.Seed),
        MoveMarket move => new AskedMove(move.Action),
        _ => throw new NotSupportedException($"{request.GetType().Name} has no way to another node."),
    };
}
