using System.Buffers;

namespace Market.Node.Config.Hocon.Syntax;

/// <summary>Cuts the text of a file into tokens, one at a time; comments fall away.</summary>
internal sealed class Lexer(string text, string file, Trail trail)
{
    private static readonly SearchValues<char> MantissaLetters = SearchValues.Create("-.0123456789");

    private readonly TextCursor _cursor = new(text, file);

    /// <summary>The next token; <see cref="TokenKind.End"/> again and again at the end.</summary>
    public Token Next()
    {
        var space = _cursor.TakeWhile(Letters.IsSpace);
        SkipComment();
        var origin = _cursor.Origin;
        if (_cursor.AtEnd)
            return new Token(TokenKind.End, "", space, origin);
        if (_cursor.Current == '"')
            return new Token(TokenKind.Quoted, QuotedText.Read(_cursor, trail), space, origin);
        if (SignAhead() is var (kind, sign))
        {
            _cursor.Skip(sign.Length);
            return new Token(kind, sign, space, origin);
        }
        return new Token(TokenKind.Unquoted, ReadUnquoted(), space, origin);
    }

    private void SkipComment()
    {
        if (_cursor.Current == '#' || _cursor.StartsWith("//"))
            _cursor.TakeWhile(letter => letter != '\n');
    }

    private (TokenKind Kind, string Sign)? SignAhead() => _cursor.Current switch
    {
        '\n' => (TokenKind.NewLine, "\n"),
        ',' => (TokenKind.Comma, ","),
        '{' => (TokenKind.OpenBrace, "{"),
        '}' => (TokenKind.CloseBrace, "}"),
        '[' => (TokenKind.OpenBracket, "["),
        ']' => (TokenKind.CloseBracket, "]"),
        '=' => (TokenKind.Assign, "="),
        ':' => (TokenKind.Assign, ":"),
        '+' when _cursor.StartsWith("+=") => (TokenKind.Append, "+="),
        '$' when _cursor.StartsWith("${?") => (TokenKind.OpenSubstitution, "${?"),
        '$' when _cursor.StartsWith("${") => (TokenKind.OpenSubstitution, "${"),
        _ => null,
    };

    private string ReadUnquoted()
    {
        var start = _cursor.Position;
        while (!_cursor.AtEnd && !EndsUnquoted(start))
            _cursor.Take();
        return _cursor.Position > start
            ? _cursor.Since(start)
            : throw trail.Fail(_cursor.Origin, $"{Letters.Show(_cursor.Current)} may stand only inside quotes: \"…\"");
    }

    private bool EndsUnquoted(int start)
    {
        var letter = _cursor.Current;
        if (letter == '+')
            return !IsMantissa(_cursor.Since(start));
        return letter == '\n' || Letters.IsSpace(letter) || Letters.IsReserved(letter) || _cursor.StartsWith("//");
    }

    /// <summary>The plus of 1e+5 belongs to the number; any other plus is reserved.</summary>
    private static bool IsMantissa(string soFar) =>
        soFar.Length > 1
        && soFar[^1] is 'e' or 'E'
        && soFar.AsSpan(..^1).IndexOfAnyExcept(MantissaLetters) < 0;
}
