using Market.Protocol.Values;

namespace Market.Actors.Traders;

/// <summary>
/// From traders' keys to their places, for a table that keeps the keys itself: eight bytes an entry, three quarters full at most. Nobody ever leaves.
/// <code>
/// bits 63…36  the top of the key's hash: where to look first, and whether to look closer
/// bits 35…0   place + 1; zero in an empty entry
/// </code>
/// The hash's low bits, which all the traders of one shard may share, are not used.
/// </summary>
/// <param name="keyAt">The key at a place that was added.</param>
public sealed class TraderIndex(Func<long, TraderKey> keyAt)
{
    private const int PlaceBits = 36;
    private const ulong PlaceMask = (1UL << PlaceBits) - 1;

    // A power of two long; an entry stands at the first empty place from the one its hash names.
    private ulong[] _entries = new ulong[16];

    public int Count { get; private set; }

    public bool TryFind(TraderKey trader, out long place)
    {
        var top = trader.Hash >> PlaceBits;
        for (var at = top; ; at++)
        {
            var entry = _entries[at & (uint)(_entries.Length - 1)];
            place = (long)(entry & PlaceMask) - 1;
            if (place < 0) { return false; }
            if (entry >> PlaceBits == top && keyAt(place).Equals(trader)) { return true; }
        }
    }

    /// <summary>Adds a trader that is not there.</summary>
    /// <param name="place">From 0 to 2³⁶ − 2; its key can be had from now on.</param>
    public void Add(TraderKey trader, long place)
    {
        Invariant.Require((ulong)place < PlaceMask, "A place fits its bits.");
        if (++Count > _entries.Length / 4 * 3) { Grow(); }
        Put((trader.Hash & ~PlaceMask) | (ulong)(place + 1));
    }

    private void Put(ulong entry)
    {
        var at = entry >> PlaceBits;
        while (_entries[at & (uint)(_entries.Length - 1)] != 0) { at++; }
        _entries[at & (uint)(_entries.Length - 1)] = entry;
    }

    private void Grow()
    {
        var old = _entries;
        _entries = new ulong[old.Length * 2];
        foreach (var entry in old)
        {
            if (entry != 0) { Put(entry); }
        }
    }
}
