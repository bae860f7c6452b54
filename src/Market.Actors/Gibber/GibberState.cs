using Market.Protocol.Messages;
using Market.Protocol.Values;

namespace Market.Actors.Gibber;

/// <summary>A gibb that was counted within the last minute.</summary>
public readonly record struct CountedGibb(Timestamp Time, string Author, ulong TextHash);

/// <summary>What Gibber remembers: what was counted lately, oldest first. Its size is bounded by the rate of posts a door lets in.</summary>
public sealed class GibberState
{
    /// <summary>The minute of "at most so many a minute", in ms.</summary>
    public const long WindowMs = 60_000;

    private readonly Queue<CountedGibb> _counted = new();

    // The same once more, by author, none of them empty: a post costs what its author said, not what everybody did.
    private readonly Dictionary<string, Queue<CountedGibb>> _byAuthor = new(StringComparer.Ordinal);

    /// <summary>How many gibbs there were.</summary>
    public long Posted { get; private set; }

    public IReadOnlyCollection<CountedGibb> Counted => _counted;

    /// <summary>Counted gibbs of an author within the minute before <paramref name="now"/>, and whether one of them said just this.</summary>
    public (int Count, bool SaidThis) Lately(string author, ulong textHash, Timestamp now)
    {
        var since = now.Plus(-WindowMs);
        var (count, said) = (0, false);
        if (!_byAuthor.TryGetValue(author, out var theirs)) { return (0, false); }
        foreach (var gibb in theirs)
        {
            if (gibb.Time <= since) { continue; }
            count++;
            said |= gibb.TextHash == textHash;
        }
        return (count, said);
    }

    public void Evolve(GibbPosted happened)
    {
        var gibb = happened.Gibb;
        Posted = gibb.Number;
        var since = gibb.Time.Plus(-WindowMs);
        while (_counted.TryPeek(out var oldest) && oldest.Time <= since) { Forget(_counted.Dequeue().Author); }
        if (gibb.Counted) { Remember(new CountedGibb(gibb.Time, gibb.Author, StableHash.Hash64(gibb.Text))); }
    }

    /// <summary>From a snapshot.</summary>
    public static GibberState Restore(long posted, IEnumerable<CountedGibb> counted)
    {
        var restored = new GibberState { Posted = posted };
        foreach (var gibb in counted) { restored.Remember(gibb); }
        return restored;
    }

    private void Remember(in CountedGibb gibb)
    {
        _counted.Enqueue(gibb);
        if (!_byAuthor.TryGetValue(gibb.Author, out var theirs)) { _byAuthor[gibb.Author] = theirs = new Queue<CountedGibb>(1); }
        theirs.Enqueue(gibb);
    }

    /// <summary>An author's oldest.</summary>
    private void Forget(string author)
    {
        var theirs = _byAuthor[author];
        theirs.Dequeue();
        if (theirs.Count == 0) { _byAuthor.Remove(author); }
    }
}
