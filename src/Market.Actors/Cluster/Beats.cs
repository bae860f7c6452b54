using Market.Protocol.Values;

namespace Market.Actors.Cluster;

/// <summary>
/// How long commands were under way, by no clock but one's own: every door numbers its notices, its mail carries the number of the last that came back to
/// it, and whoever heard that notice too knows how long ago that was. Mail that a cut or a standstill held up would otherwise be decided after its sender
/// gave it up, sent it by another door, and had so many newer answers that the shard forgot this one. Safe for many threads.
/// </summary>
/// <param name="lifetimeMs">Older commands are not decided any more; default 5,000, ten times as long as between two notices.</param>
public sealed class Beats(long lifetimeMs = 5_000)
{
    /// <summary>Notices of a door that are remembered: those of three lifetimes, so that a backlog that comes at once does not push out what tells its age.</summary>
    private const int Remembered = 32;

    private readonly Lock _gate = new();

    // Owned by the gate: by node its present door, and when each of the last of its notices was heard.
    private readonly Dictionary<string, (string Door, Queue<(long Beat, Timestamp At)> Heard)> _nodes = new(StringComparer.Ordinal);

    public void Hear(Here here, Timestamp now)
    {
        lock (_gate)
        {
            if (!_nodes.TryGetValue(here.Node, out var node) || node.Door != here.Door) { _nodes[here.Node] = node = (here.Door, new Queue<(long, Timestamp)>()); }
            node.Heard.Enqueue((here.Beat, now));
            if (node.Heard.Count > Remembered) { node.Heard.Dequeue(); }
        }
    }

    /// <summary>Whether nobody should decide these any more. Of a door not heard of nothing is late: its mail is no older than this node's part in the cluster.</summary>
    public bool IsLate(CommandMail mail, Timestamp now)
    {
        lock (_gate)
        {
            foreach (var (door, heard) in _nodes.Values)
            {
                if (door == mail.Door) { return IsLate(mail.Beat, heard, now); }
            }
            return false;
        }
    }

    private bool IsLate(long beat, Queue<(long Beat, Timestamp At)> heard, Timestamp now)
    {
        if (heard.Count == Remembered && beat < heard.Peek().Beat) { return true; }
        foreach (var (number, at) in heard)
        {
            if (number >= beat) { return now.MsSince(at) > lifetimeMs; }
        }
        return false; // newer than all that was heard here
    }
}
