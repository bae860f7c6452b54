using Market.Actors.Journal;
using Market.Protocol.Values;
using Market.Protocol.Wire;

namespace Market.Actors.Cluster;

/// <summary>What nodes tell each other, all of them at once. May be lost: who may write does not depend on it, only how soon shares are even, and how old mail is taken to be.</summary>
/// <param name="Node">Who tells.</param>
public abstract record Notice(string Node);

/// <summary>I am here; told again and again.</summary>
/// <param name="IsAble">Whether it can serve shards now: it has the role, and its journal can be written.</param>
/// <param name="Http">Where its doors listen; empty when it has none.</param>
/// <param name="Owned">The shards it owns, and the number of the next event of each.</param>
public sealed record Here(string Node, bool IsAble, string Http, IReadOnlyList<(StreamId Shard, long NextSequence)> Owned) : Notice(Node)
{
    /// <summary>Where its doors wait for answers in this session; empty when they do not.</summary>
    public string Door { get; init; } = "";

    /// <summary>Counts the session's notices from 1.</summary>
    public long Beat { get; init; }
}

/// <summary>I am giving this shard up, and finish what I have of its mail; whoever gets it next, wait for me.</summary>
public sealed record Yielding(string Node, StreamId Shard) : Notice(Node);

/// <summary>I have finished with this shard.</summary>
public sealed record Yielded(string Node, StreamId Shard) : Notice(Node);

/// <summary>I am leaving.</summary>
public sealed record Gone(string Node) : Notice(Node);

/// <summary>Notices to bytes and back: a version, a kind, the node, and then by kind.</summary>
public static class NoticeCodec
{
    private const byte Version = 2;

    private enum Kind : byte
    {
        Here = 1,
        Yielding = 2,
        Yielded = 3,
        Gone = 4,
    }

    public static byte[] Write(Notice notice)
    {
        var to = new BytesWriter(256);
        to.Byte(Version);
        switch (notice)
        {
            case Here here: Begin(to, Kind.Here, here); Write(to, here); break;
            case Yielding yielding: Begin(to, Kind.Yielding, yielding); Write(to, yielding.Shard); break;
            case Yielded yielded: Begin(to, Kind.Yielded, yielded); Write(to, yielded.Shard); break;
            case Gone gone: Begin(to, Kind.Gone, gone); break;
            default: throw new InvariantBrokenException($"{notice.GetType().Name} has no binary form.");
        }
        return to.Written.ToArray();
    }

    /// <exception cref="CorruptBytesException">Not a notice, or one of a later version.</exception>
    public static Notice Read(ReadOnlySpan<byte> bytes)
    {
        var from = new BytesReader(bytes);
        if (from.Byte() != Version) { throw new CorruptBytesException("A notice of another version", 0); }
        var kind = (Kind)from.Byte();
        var node = from.Text();
        return kind switch
        {
            Kind.Here => new Here(node, from.Flag(), from.Text(), ReadOwned(ref from)) { Door = from.Text(), Beat = from.Signed() },
            Kind.Yielding => new Yielding(node, ReadShard(ref from)),
            Kind.Yielded => new Yielded(node, ReadShard(ref from)),
            Kind.Gone => new Gone(node),
            _ => throw new CorruptBytesException("No notice has this kind", 1),
        };
    }

    private static void Begin(BytesWriter to, Kind kind, Notice notice)
    {
        to.Byte((byte)kind);
        to.Text(notice.Node);
    }

    private static void Write(BytesWriter to, Here here)
    {
        to.Flag(here.IsAble);
        to.Text(here.Http);
        to.Unsigned((uint)here.Owned.Count);
        foreach (var (shard, next) in here.Owned)
        {
            Write(to, shard);
            to.Signed(next);
        }
        to.Text(here.Door);
        to.Signed(here.Beat);
    }

    private static void Write(BytesWriter to, StreamId shard)
    {
        to.Text(shard.Market.Value);
        to.Unsigned((uint)shard.Shard);
    }

    private static (StreamId, long)[] ReadOwned(ref BytesReader from)
    {
        var owned = new (StreamId, long)[from.CountOf(3)];
        for (var i = 0; i < owned.Length; i++) { owned[i] = (ReadShard(ref from), from.Signed()); }
        return owned;
    }

    private static StreamId ReadShard(ref BytesReader from)
    {
        if (!MarketId.TryRead(from.Text(), out var market)) { throw new CorruptBytesException("Not a market's id", from.Offset); }
        return new StreamId(market, from.Count());
    }
}
