using Market.Actors.Journal;

namespace Market.Actors.Simulation.Cluster;

/// <summary>
/// A broker as a node of the cluster sees one: a durable queue for each shard that lets one of its consumers at a time have mail, queues of doors that
/// vanish with their connections, and a fanout of notices. What it has confirmed it keeps; what it handed out and was not acknowledged it hands out again.
/// </summary>
internal sealed class Broker(Coverage coverage, Laws laws, IEnumerable<StreamId> shards)
{
    /// <summary>Mails that one consumer may have unacknowledged: fewer than a node asks for, so that the bound is met.</summary>
    private const int Prefetch = 10;

    private readonly SortedDictionary<StreamId, Queue> _queues = new(
        shards.ToDictionary(shard => shard, _ => new Queue()), Streams.InOrder);

    private readonly List<Connection> _connections = [];

    public IReadOnlyList<Connection> Connections => _connections;

    /// <param name="door">Where its node waits for answers.</param>
    public Connection Open(string node, string door)
    {
        var connection = new Connection(this, node, door);
        _connections.Add(connection);
        return connection;
    }

    /// <summary>The connection ends, as the broker sees it: mail that it did not acknowledge goes to the next in line.</summary>
    public void Close(Connection connection, Lots lots)
    {
        _connections.Remove(connection);
        foreach (var (shard, queue) in _queues)
        {
            queue.Line.Remove(connection);
            Return(queue, [.. queue.Out.Where(mail => mail.To == connection)], atTheEnd: lots.OneIn(2));
            HandOut(shard, queue);
        }
    }

    public void Enqueue(StreamId shard, byte[] mail)
    {
        var queue = _queues[shard];
        queue.Ready.AddLast(new Mail(mail, IsRedelivered: false));
        HandOut(shard, queue);
    }

    /// <summary>To a door that is gone it is dropped, and nobody hears of that.</summary>
    public void Answer(string door, byte[] replies)
    {
        var to = _connections.FindLast(connection => connection.Door == door);
        coverage.See(Sight.DoorGone, to is null);
        to?.Hear(new Replied(replies));
    }

    public void Tell(byte[] notice)
    {
        foreach (var connection in _connections) { connection.Hear(new Noticed(notice)); }
    }

    public void Consume(StreamId shard, Connection connection)
    {
        var queue = _queues[shard];
        queue.Line.Add(connection);
        HandOut(shard, queue);
    }

    /// <summary>It gets no more; what it has it keeps until it acknowledges it or gives it back.</summary>
    public void Cancel(StreamId shard, Connection connection)
    {
        var queue = _queues[shard];
        queue.Line.Remove(connection);
        connection.Hear(new StoodAside(shard));
        HandOut(shard, queue);
    }

    public void Acknowledge(StreamId shard, Connection connection, ulong mark)
    {
        var queue = _queues[shard];
        laws.Require(queue.Out.RemoveAll(mail => mail.To == connection && mail.Mark == mark) == 1, Law.NothingStops, $"{connection.Node} acknowledges mail {mark} of {shard}, which it does not have.");
        HandOut(shard, queue);
    }

    public void GiveBack(StreamId shard, Connection connection, ulong mark, bool atTheEnd)
    {
        var queue = _queues[shard];
        Return(queue, [.. queue.Out.Where(mail => mail.To == connection && mail.Mark == mark)], atTheEnd);
        HandOut(shard, queue);
    }

    private static void Return(Queue queue, IReadOnlyList<HandedOut> mails, bool atTheEnd)
    {
        foreach (var mail in mails.Reverse())
        {
            queue.Out.Remove(mail);
            var again = new Mail(mail.Bytes, IsRedelivered: true);
            if (atTheEnd) { queue.Ready.AddLast(again); }
            else { queue.Ready.AddFirst(again); }
        }
    }

    private void HandOut(StreamId shard, Queue queue)
    {
        while (queue.Line.Count > 0 && queue.Ready.First is { } next && queue.Out.Count(mail => mail.To == queue.Line[0]) < Prefetch)
        {
            queue.Ready.RemoveFirst();
            var to = queue.Line[0];
            var mark = to.NextMark();
            queue.Out.Add(new HandedOut(to, mark, next.Value.Bytes));
            coverage.See(Sight.MailRedelivered, next.Value.IsRedelivered);
            to.Hear(new Delivered(shard, mark, next.Value.IsRedelivered, next.Value.Bytes));
        }
    }

    private sealed record Mail(byte[] Bytes, bool IsRedelivered);

    private sealed record HandedOut(Connection To, ulong Mark, byte[] Bytes);

    private sealed class Queue
    {
        public LinkedList<Mail> Ready { get; } = new();

        public List<HandedOut> Out { get; } = [];

        /// <summary>Who wants mail; the first has it.</summary>
        public List<Connection> Line { get; } = [];
    }
}
