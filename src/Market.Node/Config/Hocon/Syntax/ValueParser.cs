using System.Globalization;
using System.Text;

namespace Market.Node.Config.Hocon.Syntax;

/// <summary>Reads one value: everything side by side up to a newline, a comma or a closing sign.</summary>
internal sealed class ValueParser(Parser objects, TokenReader reader, KeyPathParser paths, Trail trail)
{
    /// <summary>The keys under which this file is included.</summary>
    private readonly KeyPath _mount = trail.Here();

    public SyntaxNode Parse()
    {
        var first = reader.Peek;
        var parts = new List<Part>();
        while (ParsePart() is { } part)
            parts.Add(parts.Count == 0 ? part with { Space = "" } : part);
        return parts.Count switch
        {
            0 => throw trail.Fail(first.Origin, $"expected a value, but found {first.Describe()}"),
            1 => parts[0].Node,
            _ => Concatenate(first.Origin, parts),
        };
    }

    private Part? ParsePart()
    {
        var token = reader.Peek;
        SyntaxNode? node = token.Kind switch
        {
            TokenKind.Quoted => new ScalarNode(token.Origin, reader.Take().Text),
            TokenKind.Unquoted => new ScalarNode(token.Origin, reader.Take().Text is "null" ? null : token.Text),
            TokenKind.OpenBrace => objects.ParseObject(),
            TokenKind.OpenBracket => ParseList(),
            TokenKind.OpenSubstitution => ParseSubstitution(),
            _ => null,
        };
        return node is null ? null : new Part(node, token.Space);
    }

    private ListNode ParseList()
    {
        var open = reader.Take();
        var list = new ListNode(open.Origin, []);
        while (true)
        {
            reader.SkipNewLines();
            if (reader.Peek.Kind == TokenKind.CloseBracket)
                break;
            if (reader.Peek.Kind == TokenKind.End)
                throw objects.Unclosed(open);
            trail.Enter(list.Elements.Count.ToString(CultureInfo.InvariantCulture), reader.Peek.Origin);
            list.Elements.Add(Parse());
            trail.Leave();
            objects.EndItem(TokenKind.CloseBracket, open);
        }
        reader.Take();
        return list;
    }

    private SubstitutionNode ParseSubstitution()
    {
        var open = reader.Take();
        if (!reader.Peek.IsText)
            throw trail.Fail(open.Origin, $"expected a path after '{open.Text}', e.g. {open.Text}market.tick}}");
        var target = paths.Parse();
        if (reader.Peek.Kind != TokenKind.CloseBrace)
            throw trail.Fail(reader.Peek.Origin, $"expected the '}}' that closes '{open.Text}{target}', but found {reader.Peek.Describe()}");
        reader.Take();
        return new SubstitutionNode(open.Origin, trail.Here(), target, optional: open.Text.EndsWith('?'), _mount);
    }

    private SyntaxNode Concatenate(HoconOrigin origin, List<Part> parts)
    {
        RequireOneKind(parts);
        if (parts.Any(part => part.Node is not ScalarNode))
            return new ConcatenationNode(origin, trail.Here(), parts);
        var text = new StringBuilder();
        foreach (var part in parts)
            text.Append(part.Space).Append(((ScalarNode)part.Node).Text ?? "null");
        return new ScalarNode(origin, text.ToString());
    }

    /// <summary>What can be seen to be wrong is said now, before a later value may cover it.</summary>
    private void RequireOneKind(List<Part> parts)
    {
        SyntaxNode? known = null;
        foreach (var (node, _) in parts)
        {
            if (node is SubstitutionNode)
                continue;
            known ??= node;
            if (node.GetType() != known.GetType())
                throw trail.Fail(node.Origin, $"{Kind(node)} cannot follow {Kind(known)} on one line; part them by a comma or a newline");
        }
    }

    private static string Kind(SyntaxNode node) => node switch
    {
        ObjectNode => "an object",
        ListNode => "a list",
        _ => "text",
    };
}
