namespace Market.Node.Config.Hocon.Syntax;

/// <summary>A place in the text of a file, which moves forward only and counts lines.</summary>
internal sealed class TextCursor(string text, string file)
{
    private int _line = 1;
    private int _lineStart;

    /// <summary>Index of the next character.</summary>
    public int Position { get; private set; }

    public bool AtEnd => Position == text.Length;

    /// <summary>The next character; NUL at the end, which <see cref="AtEnd"/> tells from a NUL in the text.</summary>
    public char Current => AtEnd ? '\0' : text[Position];

    public HoconOrigin Origin => new(file, _line, Position - _lineStart + 1);

    public bool StartsWith(string expected) => text.AsSpan(Position).StartsWith(expected, StringComparison.Ordinal);

    public string Since(int start) => text[start..Position];

    public char Take()
    {
        var taken = text[Position++];
        if (taken == '\n')
        {
            _line++;
            _lineStart = Position;
        }
        return taken;
    }

    public void Skip(int count)
    {
        for (; count > 0; count--)
            Take();
    }

    public string TakeWhile(Func<char, bool> belongs)
    {
        var start = Position;
        while (!AtEnd && belongs(Current))
            Take();
        return Since(start);
    }
}
