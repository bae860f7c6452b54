using Market.Actors.Cluster;
using Market.Actors.Journal;
using Market.Protocol.Values;
using Market.Protocol.Wire;

namespace Market.Actors.Simulation.Cluster;

/// <summary>One connection's worth of a node's part in the cluster, as the node's own session has it; each call is a step that others may come between.</summary>
internal sealed class Session
{
    /// <summary>Between two notices that this node is here, in ms.</summary>
    private const int NoticeEveryMs = 500;

    private readonly ClusterMachine _machine;
    private readonly SortedDictionary<StreamId, PlaceInLine> _places = new(Streams.InOrder);
    private readonly Members _members;
    private readonly Beats _beats = new();
    private readonly ReplyBoxes _replies = new(() => { });
    private readonly HashSet<StreamId> _onTheirWay = [];
    private Timestamp _nextNotice;
    private long _told;
    private long _heard;
    private bool _wasDown;

    public Session(ClusterMachine machine, Broker broker)
    {
        _machine = machine;
        Connection = broker.Open(machine.Name, machine.NextDoor());
        _members = new Members(machine.Name, [.. machine.Told.Keys]);
        foreach (var shard in machine.Told.Keys)
        {
            _places[shard] = new PlaceInLine(shard, Connection, machine, _members, _beats, _replies);
            _places[shard].StandInLine();
        }
    }

    public Connection Connection { get; }

    private World World => _machine.World;

    /// <summary>Takes what the broker said.</summary>
    /// <param name="most">Of so many things.</param>
    /// <returns>Whether there was anything; <paramref name="isOver"/> when the connection is found to have ended.</returns>
    public bool Hear(int most, out bool isOver)
    {
        (var any, isOver) = (false, false);
        for (; most > 0 && !isOver && Connection.TryTake(out var heard); most--)
        {
            any = true;
            switch (heard)
            {
                case Delivered delivered: _places[delivered.Shard].Come(delivered); break;
                case Confirmed confirmed: confirmed.Then(); break;
                case Replied replied: ReplyReader.Read(replied.Replies, _machine.Desk); break;
                case Noticed noticed: Hear(NoticeCodec.Read(noticed.Notice)); break;
                case StoodAside aside: _places[aside.Shard].SteppedAside(); break;
                case Closed: isOver = true; break;
            }
        }
        return any;
    }

    /// <summary>Hands mail to shards, and goes on with those that are given up.</summary>
    public bool Handle()
    {
        var did = false;
        foreach (var place in _places.Values) { did |= place.Handle() | place.GoOnYielding(Tell); }
        return did;
    }

    /// <summary>Sends what doors were told: of each shard's commands one message is on its way at a time.</summary>
    public bool Mail()
    {
        var did = false;
        foreach (var (shard, mailbox) in _machine.Told)
        {
            if (!mailbox.HasMail || !_onTheirWay.Add(shard)) { continue; }
            var mails = DoorMail.Gather(Connection.Door, _heard, _machine.MostRedeliverable(shard), mailbox, _machine.Desk, World.Now, _machine.NextRequestId);
            if (mails.Count == 0) { _onTheirWay.Remove(shard); }
            for (var i = 0; i < mails.Count; i++)
            {
                var isLast = i + 1 == mails.Count;
                Post(shard, mails[i], () => { if (isLast) { _onTheirWay.Remove(shard); } });
            }
            did = true;
        }
        return did;
    }

    /// <summary>Sends the answers that shards gave.</summary>
    public bool Reply()
    {
        var mails = _replies.TakeAll();
        foreach (var mail in mails)
        {
            Handled(mail, AcknowledgeWhen.ReplyIsGiven);
            Connection.Answer(mail.Door, mail.Bytes.ToArray(), () => Handled(mail, AcknowledgeWhen.ReplyIsConfirmed));
        }
        return mails.Count > 0;
    }

    /// <summary>Mail of a shard of this node to another.</summary>
    public void Post(StreamId shard, ShardMail mail) => Post(shard, mail, () => { });

    /// <summary>When it is time: tells that this node is here, wakes what nobody owns, gives up what others should have.</summary>
    public bool BeHere()
    {
        if (World.Now < _nextNotice) { return false; }
        _nextNotice = World.Now.Plus(NoticeEveryMs);
        var isDown = _machine.Engine.Down is not null;
        Tell(new Here(_machine.Name, !(isDown && _wasDown), "", [.. _machine.Engine.Shards.Select(shard => (shard.Stream, shard.NextSequence))]) { Door = Connection.Door, Beat = ++_told });
        _wasDown = isDown;
        foreach (var shard in _members.Unowned(World.Now)) { Post(shard, new ClaimMail(_machine.Name)); }
        var has = _machine.Engine.Shards.Select(shard => shard.Stream).Union(_places.Where(place => place.Value.HasMail).Select(place => place.Key));
        foreach (var shard in _members.ToYield([.. has], World.Now)) { Yield(shard); }
        return true;
    }

    public void Yield(StreamId shard) => _places[shard].BeginToYield(Tell);

    private void Hear(Notice notice)
    {
        _members.Hear(notice, World.Now);
        if (notice is not Here here) { return; }
        if (here.Door == Connection.Door) { _heard = here.Beat; }
        _beats.Hear(here, World.Now);
    }

    private void Tell(Notice notice) => Connection.Tell(NoticeCodec.Write(notice));

    private void Handled(ReplyMail mail, AcknowledgeWhen when)
    {
        foreach (var delivery in mail.Handled) { _places[delivery.Shard].Answered(delivery.Mark, when); }
    }

    private void Post(StreamId shard, ShardMail mail, Action confirmed)
    {
        var bytes = new BytesWriter();
        ShardMailCodec.Write(bytes, mail);
        Connection.Publish(shard, bytes.Written.ToArray(), confirmed);
    }
}
