using System.Text;

namespace Market.Node.Config.Hocon.Syntax;

/// <summary>Reads files, the first and those it includes, within <see cref="Bounds"/>.</summary>
internal sealed class SourceFiles
{
    private static readonly UTF8Encoding Utf8 = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    /// <summary>Full paths of the files being read, each included by the one before it.</summary>
    private readonly List<string> _open = [];
    private int _includes;

    /// <summary>The file at <paramref name="path"/> and all it includes, as one object.</summary>
    public ObjectNode Load(string path) => Open(path, new HoconOrigin(path, 0, 0), new Trail());

    /// <summary>The same for a text that is already in memory; <paramref name="file"/> names it, and includes are relative to it.</summary>
    public ObjectNode Parse(string text, string file)
    {
        var trail = new Trail();
        if (Encoding.UTF8.GetByteCount(text) > Bounds.FileBytes)
            throw TooLarge(file, new HoconOrigin(file, 0, 0), trail);
        return new Parser(text, file, this, trail).ParseDocument();
    }

    /// <summary>The file that the statement at <paramref name="origin"/> names, relative to the folder of <paramref name="includer"/>.</summary>
    public ObjectNode Include(string name, HoconOrigin origin, string includer, Trail trail)
    {
        if (++_includes > Bounds.Includes)
            throw trail.Fail(origin, $"more than {Bounds.Includes} includes in one configuration; the limit is {Bounds.Includes}");
        return Open(Path.Combine(Path.GetDirectoryName(includer) ?? "", name), origin, trail);
    }

    private ObjectNode Open(string path, HoconOrigin origin, Trail trail)
    {
        var (full, text) = Read(path, origin, trail);
        _open.Add(full);
        var root = new Parser(text, path, this, trail).ParseDocument();
        _open.RemoveAt(_open.Count - 1);
        return root;
    }

    private (string FullPath, string Text) Read(string path, HoconOrigin origin, Trail trail)
    {
        try
        {
            var full = Path.GetFullPath(path);
            if (_open.Contains(full, StringComparer.Ordinal))
                throw trail.Fail(origin, $"\"{path}\" includes itself: {string.Join(" → ", [.. _open, full])}");
            if (_open.Count > Bounds.IncludeDepth)
                throw trail.Fail(origin, $"files include each other more than {Bounds.IncludeDepth} deep; the limit is {Bounds.IncludeDepth}");
            if (!File.Exists(full))
                throw trail.Fail(origin, $"the file \"{path}\" does not exist (looked for {full})");
            return (full, Decode(ReadBytes(full, path, origin, trail), path, trail));
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException or ArgumentException or NotSupportedException)
        {
            throw trail.Fail(origin, $"the file \"{path}\" cannot be read: {error.Message}");
        }
    }

    /// <summary>Reads to the bound and not to the end: what a device or a pipe says of its length means nothing.</summary>
    private static ReadOnlyMemory<byte> ReadBytes(string full, string path, HoconOrigin origin, Trail trail)
    {
        using var stream = File.OpenRead(full);
        var bytes = new byte[Bounds.FileBytes + 1];
        var count = stream.ReadAtLeast(bytes, bytes.Length, throwOnEndOfStream: false);
        return count <= Bounds.FileBytes ? bytes.AsMemory(0, count) : throw TooLarge(path, origin, trail);
    }

    private static string Decode(ReadOnlyMemory<byte> bytes, string path, Trail trail)
    {
        try
        {
            return Utf8.GetString(bytes.Span);
        }
        catch (DecoderFallbackException error)
        {
            var before = bytes.Span[..Math.Clamp(error.Index, 0, bytes.Length)];
            var line = before[(before.LastIndexOf((byte)'\n') + 1)..];
            var origin = new HoconOrigin(path, before.Count((byte)'\n') + 1, Encoding.UTF8.GetCharCount(line) + 1);
            throw trail.Fail(origin, "these bytes are not UTF-8; save the file as UTF-8");
        }
    }

    private static HoconException TooLarge(string path, HoconOrigin origin, Trail trail) =>
        trail.Fail(origin, $"the file \"{path}\" is larger than {Bounds.FileBytes} bytes; the limit is 1 MiB a file");
}
