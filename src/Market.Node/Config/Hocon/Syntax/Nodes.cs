namespace Market.Node.Config.Hocon.Syntax;

/// <summary>A value as written, before substitutions are looked up. Objects have their own file: they are what merges.</summary>
internal abstract class SyntaxNode(HoconOrigin origin)
{
    public HoconOrigin Origin { get; } = origin;
}

/// <summary>Text, a number, a boolean (all kept as written), or null.</summary>
internal sealed class ScalarNode(HoconOrigin origin, string? text) : SyntaxNode(origin)
{
    public string? Text { get; } = text;
}

internal sealed class ListNode(HoconOrigin origin, List<SyntaxNode> elements) : SyntaxNode(origin)
{
    /// <summary>Grows while the file is read: <c>+=</c> right after a list joins it.</summary>
    public List<SyntaxNode> Elements { get; } = elements;
}

/// <summary><c>a += x</c>: the earlier value of the field, which must be a list or nothing, and then these elements.</summary>
internal sealed class AppendNode(HoconOrigin origin, KeyPath at, List<SyntaxNode> elements) : SyntaxNode(origin)
{
    public KeyPath At { get; } = at;

    public List<SyntaxNode> Elements { get; } = elements;
}

/// <summary><c>${target}</c> or <c>${?target}</c>.</summary>
internal sealed class SubstitutionNode(HoconOrigin origin, KeyPath at, KeyPath target, bool optional, KeyPath mount) : SyntaxNode(origin)
{
    /// <summary>The field it is written in.</summary>
    public KeyPath At { get; } = at;

    public KeyPath Target { get; } = target;

    public bool Optional { get; } = optional;

    /// <summary>Where its file was included; the target is looked for below this first, then from the root.</summary>
    public KeyPath Mount { get; } = mount;
}

/// <summary>Values side by side on one line, of which at least one is not plain text.</summary>
internal sealed class ConcatenationNode(HoconOrigin origin, KeyPath at, IReadOnlyList<Part> parts) : SyntaxNode(origin)
{
    public KeyPath At { get; } = at;

    public IReadOnlyList<Part> Parts { get; } = parts;
}

/// <param name="Node">The value.</param>
/// <param name="Space">White space before it, part of the text if the whole turns out to be text; empty before the first.</param>
internal readonly record struct Part(SyntaxNode Node, string Space);
