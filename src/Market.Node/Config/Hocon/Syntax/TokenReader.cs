namespace Market.Node.Config.Hocon.Syntax;

/// <summary>The tokens of a file with one of them in view.</summary>
internal sealed class TokenReader(Lexer lexer)
{
    private Token? _next;

    public Token Peek => _next ??= lexer.Next();

    public Token Take()
    {
        var taken = Peek;
        _next = null;
        return taken;
    }

    /// <summary>Whether there was a newline to skip.</summary>
    public bool SkipNewLines()
    {
        var skipped = false;
        for (; Peek.Kind == TokenKind.NewLine; skipped = true)
            Take();
        return skipped;
    }
}
