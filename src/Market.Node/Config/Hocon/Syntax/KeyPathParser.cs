using System.Text;

namespace Market.Node.Config.Hocon.Syntax;

/// <summary>
/// Reads a path, as a key or inside <c>${}</c>: dots outside quotes part it, and spaces within a key belong to it
/// (<c>a b.c</c> is "a b", then "c").
/// </summary>
internal sealed class KeyPathParser(TokenReader reader, Trail trail)
{
    private readonly StringBuilder _key = new();
    private readonly List<string> _keys = [];
    private bool _quoted;

    /// <summary>Reads all text that follows; the caller has seen that there is some.</summary>
    public KeyPath Parse()
    {
        _keys.Clear();
        Begin();
        var isFirst = true;
        while (reader.Peek.IsText)
        {
            var token = reader.Take();
            if (!isFirst && token.Space.Length > 0)
                AddSpace(token);
            AddText(token);
            isFirst = false;
        }
        End(reader.Peek.Origin);
        return new KeyPath([.. _keys]);
    }

    /// <summary>The specification lets "a . b" mean the keys "a " and " b"; nobody means that, so it is refused.</summary>
    private void AddSpace(Token token)
    {
        var isAfterDot = _key.Length == 0 && !_quoted;
        var isBeforeDot = token.Kind == TokenKind.Unquoted && token.Text.StartsWith('.');
        if (isAfterDot || isBeforeDot)
            throw trail.Fail(token.Origin, "no space may stand beside the dot of a key; write a.b");
        _key.Append(token.Space);
    }

    private void AddText(Token token)
    {
        if (token.Text.Contains(':', StringComparison.Ordinal))
            throw trail.Fail(token.Origin, "a key may not contain ':', which parts keys once the file is read; use '-' or '.'");
        if (token.Kind == TokenKind.Quoted)
        {
            _key.Append(token.Text);
            _quoted = true;
            return;
        }
        for (var index = 0; index < token.Text.Length; index++)
        {
            if (token.Text[index] == '.')
                End(token.Origin with { Column = token.Origin.Column + index });
            else
                _key.Append(token.Text[index]);
        }
    }

    private void Begin()
    {
        _key.Clear();
        _quoted = false;
    }

    private void End(HoconOrigin origin)
    {
        if (_key.Length == 0 && !_quoted)
            throw trail.Fail(origin, "a key is missing beside this dot; write a.b, or \"\" for an empty key");
        _keys.Add(_key.ToString());
        Begin();
    }
}
