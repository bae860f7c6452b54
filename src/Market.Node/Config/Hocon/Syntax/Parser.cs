namespace Market.Node.Config.Hocon.Syntax;

/// <summary>Reads one file: objects, their fields, and includes. <see cref="ValueParser"/> reads what stands right of the '='.</summary>
internal sealed class Parser
{
    private readonly string _file;
    private readonly SourceFiles _sources;
    private readonly Trail _trail;
    private readonly TokenReader _reader;
    private readonly KeyPathParser _paths;
    private readonly ValueParser _values;

    /// <param name="text">What the file holds.</param>
    /// <param name="file">Its name, for messages and for what it includes.</param>
    /// <param name="sources">Finds what it includes.</param>
    /// <param name="trail">The keys under which this file is included; none for the first.</param>
    public Parser(string text, string file, SourceFiles sources, Trail trail)
    {
        _file = file;
        _sources = sources;
        _trail = trail;
        _reader = new TokenReader(new Lexer(text, file, trail));
        _paths = new KeyPathParser(_reader, trail);
        _values = new ValueParser(this, _reader, _paths, trail);
    }

    /// <summary>The whole file, with or without braces around it.</summary>
    public ObjectNode ParseDocument()
    {
        _reader.SkipNewLines();
        var first = _reader.Peek;
        if (first.Kind == TokenKind.OpenBracket)
            throw _trail.Fail(first.Origin, "a configuration is an object, not a list; give the list a key: key = [ … ]");
        if (first.Kind != TokenKind.OpenBrace)
            return ParseFields(new ObjectNode(first.Origin), TokenKind.End, first);

        var root = ParseObject();
        _reader.SkipNewLines();
        var next = _reader.Peek;
        return next.Kind == TokenKind.End
            ? root
            : throw _trail.Fail(next.Origin, $"nothing may follow the '}}' that closes the configuration, but here is {next.Describe()}");
    }

    /// <summary>An object whose '{' is next.</summary>
    public ObjectNode ParseObject()
    {
        var open = _reader.Take();
        return ParseFields(new ObjectNode(open.Origin), TokenKind.CloseBrace, open);
    }

    /// <summary>After a field or an element: a comma, a newline, or the end that <paramref name="open"/> asks for.</summary>
    public void EndItem(TokenKind close, Token open)
    {
        var hadNewLine = _reader.SkipNewLines();
        var next = _reader.Peek;
        if (next.Kind == TokenKind.Comma)
        {
            _reader.Take();
            return;
        }
        if (next.Kind == close || hadNewLine)
            return;
        throw next.Kind == TokenKind.End
            ? Unclosed(open)
            : _trail.Fail(next.Origin, $"expected a newline or a comma before {next.Describe()}; text that holds this sign needs quotes");
    }

    public HoconException Unclosed(Token open) =>
        _trail.Fail(open.Origin, $"this '{open.Text}' is not closed before the end of the file");

    private ObjectNode ParseFields(ObjectNode target, TokenKind close, Token open)
    {
        while (true)
        {
            _reader.SkipNewLines();
            if (_reader.Peek.Kind == close)
                break;
            ParseField(target, open);
            EndItem(close, open);
        }
        _reader.Take();
        return target;
    }

    private void ParseField(ObjectNode target, Token open)
    {
        var first = _reader.Peek;
        if (first.Kind == TokenKind.End)
            throw Unclosed(open);
        if (!first.IsText)
            throw _trail.Fail(first.Origin, $"expected a key, e.g. name = value, but found {first.Describe()}");
        if (first is { Kind: TokenKind.Unquoted, Text: "include" })
        {
            ParseInclude(target);
            return;
        }
        var path = _paths.Parse();
        _trail.Enter(path, first.Origin);
        target.Assign(path, ParseRightSide());
        _trail.Leave(path.Keys.Count);
    }

    private SyntaxNode ParseRightSide()
    {
        _reader.SkipNewLines();
        var sign = _reader.Peek;
        switch (sign.Kind)
        {
            case TokenKind.OpenBrace:
                return _values.Parse();
            case TokenKind.Assign:
                return ParseAfter(_reader.Take());
            case TokenKind.Append:
                return new AppendNode(sign.Origin, _trail.Here(), [ParseAfter(_reader.Take())]);
            default:
                throw _trail.Fail(sign.Origin, $"expected '=', ':', '+=' or '{{' after the key, but found {sign.Describe()}");
        }
    }

    /// <summary>
    /// The value may begin on a later line, as in JSON. So where it was forgotten, the next field's key is taken for it;
    /// the sign after that key tells, and the error belongs here and not there.
    /// </summary>
    private SyntaxNode ParseAfter(Token sign)
    {
        var isOnLaterLine = _reader.SkipNewLines();
        var value = _values.Parse();
        if (isOnLaterLine && _reader.Peek.Kind is TokenKind.Assign or TokenKind.Append)
            throw _trail.Fail(sign.Origin, $"no value follows this '{sign.Text}'; for empty text write \"\"");
        return value;
    }

    private void ParseInclude(ObjectNode target)
    {
        var word = _reader.Take();
        _reader.SkipNewLines();
        if (_reader.Peek.Kind != TokenKind.Quoted)
            throw _trail.Fail(word.Origin, "include takes one file name in quotes: include \"other.hocon\"; a key of this name needs quotes itself");
        var name = _reader.Take();
        target.MergeWith(_sources.Include(name.Text, name.Origin, _file, _trail));
    }
}
