using Market.Actors.Cluster;
using Market.Actors.Journal;
using Market.Actors.Mailboxes;
using Market.Protocol.Values;

namespace Market.Actors.Simulation.Cluster;

/// <summary>
/// A node's place in the line for one shard's queue, step by step: mail comes, the shard is owned, the mail handled, acknowledged once its answers are
/// with the broker; or the shard is given up.
/// </summary>
internal sealed class PlaceInLine(StreamId shard, Connection connection, ClusterMachine machine, Members members, Beats beats, ReplyBoxes replies)
{
    /// <summary>How long a shard that is given up may take to finish the mail it has, in ms.</summary>
    private const int FinishWithinMs = 800;

    private readonly SortedSet<ulong> _open = [];
    private readonly Queue<Incoming> _incoming = new();

    private readonly Redeliverable _redeliverable = new(machine.MostRedeliverable(shard));

    // The mail that is being handed to the mailbox, which may be full.
    private readonly Queue<Envelope> _current = new();

    private enum Stage
    {
        Standing,
        SteppingAside,
        Finishing,
    }

    private Stage _stage;
    private Timestamp _finishBy;

    /// <summary>Whether mail waits here, be it that the shard cannot be recovered.</summary>
    public bool HasMail => _open.Count > 0;

    private World World => machine.World;

    public void StandInLine()
    {
        _stage = Stage.Standing;
        connection.Consume(shard);
    }

    public void Come(Delivered delivered)
    {
        var mail = ShardMailCodec.Read(delivered.Mail);
        World.Coverage.See(Sight.CommandRedelivered, delivered.Redelivered && mail is CommandMail);
        World.Coverage.See(Sight.RequestRedelivered, delivered.Redelivered && mail is RequestMail);
        _open.Add(delivered.Mark);
        _incoming.Enqueue(new Incoming(delivered.Mark, delivered.Redelivered, mail));
    }

    /// <summary>Hands what came to the shard, and owns it for that.</summary>
    /// <returns>Whether anything was done.</returns>
    public bool Handle()
    {
        var did = PostCurrent();
        while (_current.Count == 0 && _incoming.TryPeek(out var incoming))
        {
            if (members.IsBeingYielded(shard, World.Now))
            {
                World.Coverage.See(Sight.WaitedForLastOwner);
                return did;
            }
            if (!machine.TryOwn(shard)) { return did; }
            if (incoming.Mail is CommandMail mail && !_redeliverable.TryAdd(incoming.Mark, mail.Traders))
            {
                World.Coverage.See(Sight.WaitedForAcknowledgements);
                return did;
            }
            _incoming.Dequeue();
            Handle(incoming);
            did = true;
        }
        return did;
    }

    public void Answered(ulong mark, AcknowledgeWhen when)
    {
        if (when == World.Saboteur.Acknowledges) { Acknowledge(mark); }
    }

    public void BeginToYield(Action<Notice> tell)
    {
        if (_stage is not Stage.Standing) { return; }
        World.Note?.Invoke($"{machine.Name} gives {shard} up");
        World.Coverage.See(Sight.HandedOver);
        tell(new Yielding(machine.Name, shard));
        connection.Cancel(shard);
        _stage = Stage.SteppingAside;
    }

    public void SteppedAside() => (_stage, _finishBy) = (Stage.Finishing, World.Now.Plus(FinishWithinMs));

    /// <summary>Gives the shard up once all its mail is answered, or time is up, or nothing can be finished here.</summary>
    /// <returns>Whether it is done.</returns>
    public bool GoOnYielding(Action<Notice> tell)
    {
        if (_stage is not Stage.Finishing || (HasMail && machine.CanFinish(shard) && World.Now < _finishBy)) { return false; }
        World.Note?.Invoke($"{machine.Name} lets {shard} go");
        machine.Engine.Disown(shard);
        World.Coverage.See(Sight.HandedBackUnfinished, HasMail);
        foreach (var mark in _open) { connection.GiveBack(shard, mark); }
        _open.Clear();
        _redeliverable.Clear();
        _incoming.Clear();
        _current.Clear();
        tell(new Yielded(machine.Name, shard));
        StandInLine();
        return true;
    }

    private void Handle(Incoming incoming)
    {
        var mailbox = machine.Owned[shard];
        var isLate = incoming.Mail is CommandMail mail && beats.IsLate(mail, World.Now);
        World.Coverage.See(Sight.MailTooLate, isLate);
        var envelopes = incoming.Envelopes(shard, isLate, replies, out var delivery);
        foreach (var envelope in envelopes) { _current.Enqueue(World.Saboteur.Given(envelope)); }
        if (incoming.Mail is LinkMail link)
        {
            mailbox.PostLink(link.Batch);
            World.Saboteur.Posted(machine, shard, link.Batch);
        }
        if (incoming.Mail is AcknowledgementMail done) { mailbox.PostLink(done.Acknowledgement); }
        if (delivery is null) { Acknowledge(incoming.Mark); }
        else { Answered(incoming.Mark, AcknowledgeWhen.ItCame); }
        PostCurrent();
    }

    private bool PostCurrent()
    {
        var did = false;
        while (_current.TryPeek(out var envelope) && machine.Owned[shard].TryPost(envelope))
        {
            _current.Dequeue();
            did = true;
        }
        return did;
    }

    private void Acknowledge(ulong mark)
    {
        if (!_open.Remove(mark)) { return; }
        connection.Acknowledge(shard, mark);
        _redeliverable.Acknowledged(mark);
    }
}
