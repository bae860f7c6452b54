namespace Market.Node.Tests.Journals.Sqlite.FaultyDisk;

/// <summary>
/// A file of two contents: what a program reads back now, and what a power failure would leave. Between them stand the changes since the
/// last sync, each of which may have reached the disk, or not, or in part.
/// </summary>
internal sealed class DiskFile(Random chance, DiskCounts counts)
{
    /// <summary>What a disk writes whole or not at all.</summary>
    public const int Sector = 512;

    private readonly DiskBytes _now = new();
    private readonly DiskBytes _kept = new();
    private readonly List<Change> _pending = [];

    public int Length => _now.Length;

    public ReadOnlySpan<byte> Content => _now.Written;

    public void Write(int offset, ReadOnlySpan<byte> bytes)
    {
        _now.Write(offset, bytes);
        _pending.Add(new Change(offset, bytes.ToArray()));
    }

    public void Cut(int length)
    {
        _now.Cut(length);
        _pending.Add(new Change(length, null));
    }

    /// <summary>All changes reach the disk.</summary>
    public void Sync()
    {
        foreach (var change in _pending) { Apply(change); }
        _pending.Clear();
    }

    /// <summary>
    /// A sync that failed, as systems do it: some of the changes reached the disk; the others stay readable, count as written from now on, and
    /// no later sync will write them.
    /// </summary>
    public void SyncInVain()
    {
        foreach (var change in _pending)
        {
            if (chance.Next(2) == 0) { Apply(change); }
        }
        _pending.Clear();
    }

    /// <summary>The power failed: what was pending survives whole, in part, or not.</summary>
    public void Lose()
    {
        var odds = chance.Next(4) switch { 0 => 0, 1 => 100, 2 => 50, _ => chance.Next(100) };
        var length = _now.Length;
        foreach (var change in _pending) { Survive(change, odds); }
        if (chance.Next(4) == 0) { Extend(length); }
        _pending.Clear();
        _now.Become(_kept);
    }

    private void Survive(in Change change, int odds)
    {
        var whole = chance.Next(100) < odds;
        if (whole) { Apply(change); }
        else if (change.Bytes is { Length: > Sector } bytes && chance.Next(100) < odds) { Tear(change.Offset, bytes); }
        else { counts.Lost++; }
    }

    /// <summary>Each sector of a write by itself.</summary>
    private void Tear(int offset, byte[] bytes)
    {
        counts.Torn++;
        for (var from = 0; from < bytes.Length;)
        {
            var to = Math.Min(bytes.Length, from + Sector - ((offset + from) % Sector));
            if (chance.Next(2) == 0) { _kept.Write(offset + from, bytes.AsSpan(from, to - from)); }
            from = to;
        }
    }

    /// <summary>The new length reached the disk before what was written there: something else stands in its place.</summary>
    private void Extend(int length)
    {
        if (length <= _kept.Length) { return; }
        var old = new byte[length - _kept.Length];
        if (chance.Next(2) == 0) { chance.NextBytes(old); }
        _kept.Write(_kept.Length, old);
        counts.Stale++;
    }

    private void Apply(in Change change)
    {
        if (change.Bytes is { } bytes) { _kept.Write(change.Offset, bytes); }
        else { _kept.Cut(change.Offset); }
    }

    /// <param name="Bytes">Null for a cut at the offset.</param>
    private readonly record struct Change(int Offset, byte[]? Bytes);
}
