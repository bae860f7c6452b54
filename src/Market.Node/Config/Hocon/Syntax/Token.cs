namespace Market.Node.Config.Hocon.Syntax;

internal enum TokenKind
{
    End,
    NewLine,
    Comma,
    OpenBrace,
    CloseBrace,
    OpenBracket,
    CloseBracket,
    Assign,             // = or :
    Append,             // +=
    OpenSubstitution,   // ${ or ${?
    Quoted,
    Unquoted,
}

/// <param name="Kind">What it is.</param>
/// <param name="Text">The string's value for <see cref="TokenKind.Quoted"/>, else the letters as written.</param>
/// <param name="Space">White space before it on its line; between two values of one line it is part of the text.</param>
/// <param name="Origin">Where its first character stands.</param>
internal readonly record struct Token(TokenKind Kind, string Text, string Space, HoconOrigin Origin)
{
    private const int ShownLength = 40;

    public bool IsText => Kind is TokenKind.Quoted or TokenKind.Unquoted;

    /// <summary>For messages.</summary>
    public string Describe() => Kind switch
    {
        TokenKind.End => "the end of the file",
        TokenKind.NewLine => "the end of the line",
        TokenKind.Quoted => $"\"{Shortened()}\"",
        _ => $"'{Shortened()}'",
    };

    /// <summary>One line at most, whatever the text holds.</summary>
    private string Shortened()
    {
        var shown = Text.Length <= ShownLength ? Text : $"{Text.AsSpan(0, ShownLength)}…";
        return string.Concat(shown.Select(letter => char.IsControl(letter) ? '·' : letter));
    }
}
