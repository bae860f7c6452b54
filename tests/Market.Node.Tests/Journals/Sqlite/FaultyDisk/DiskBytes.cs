namespace Market.Node.Tests.Journals.Sqlite.FaultyDisk;

/// <summary>The content of a file: bytes that grow by being written and shrink by being cut.</summary>
internal sealed class DiskBytes
{
    private byte[] _room = new byte[4_096];

    public int Length { get; private set; }

    public ReadOnlySpan<byte> Written => _room.AsSpan(0, Length);

    /// <summary>What lies between the end and a write behind it reads as zeros.</summary>
    public void Write(int offset, ReadOnlySpan<byte> bytes)
    {
        var end = offset + bytes.Length;
        if (end > _room.Length) { Array.Resize(ref _room, Math.Max(end, 2 * _room.Length)); }
        bytes.CopyTo(_room.AsSpan(offset));
        Length = Math.Max(Length, end);
    }

    public void Cut(int length)
    {
        if (length < Length) { _room.AsSpan(length, Length - length).Clear(); }
        Length = Math.Min(Length, length);
    }

    public void Become(DiskBytes other)
    {
        Cut(0);
        Write(0, other.Written);
    }
}
