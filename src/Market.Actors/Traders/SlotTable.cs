namespace Market.Actors.Traders;

/// <summary>Rows numbered from 0, kept in chunks: a million grow to two without being copied, and no room is held for rows that never come.</summary>
public sealed class SlotTable<TRow>
{
    private const int ChunkBits = 10;
    private const int ChunkSize = 1 << ChunkBits;

    private readonly List<TRow[]> _chunks = [];

    public int Count { get; private set; }

    /// <exception cref="ArgumentOutOfRangeException">There is no such slot.</exception>
    public ref TRow this[int slot]
    {
        get
        {
            ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual((uint)slot, (uint)Count, nameof(slot));
            return ref _chunks[slot >> ChunkBits][slot & (ChunkSize - 1)];
        }
    }

    public void Add(in TRow row)
    {
        if (Count == _chunks.Count * ChunkSize) { _chunks.Add(new TRow[ChunkSize]); }
        _chunks[Count >> ChunkBits][Count & (ChunkSize - 1)] = row;
        Count++;
    }

    public void CopyTo(Span<TRow> to)
    {
        for (var from = 0; from < Count; from += ChunkSize)
        {
            var rows = Math.Min(ChunkSize, Count - from);
            _chunks[from >> ChunkBits].AsSpan(0, rows).CopyTo(to[from..]);
        }
    }
}
