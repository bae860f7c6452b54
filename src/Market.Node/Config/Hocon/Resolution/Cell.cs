using Market.Node.Config.Hocon.Syntax;

namespace Market.Node.Config.Hocon.Resolution;

/// <summary>
/// One field or element while it is worked out: the layers that were assigned to it (see <see cref="Field"/>), and how
/// many of them may be seen. While layer <c>n</c> is worked out only the <c>n</c> layers below it are visible, so that
/// <c>path = ${path}":/bin"</c> finds the earlier path and not itself.
/// </summary>
internal sealed class Cell(IReadOnlyList<SyntaxNode> layers)
{
    /// <summary>What the lowest <c>n</c> layers come to, once known. Each is worked out once, or doubling would be exponential.</summary>
    private readonly Value?[] _known = new Value?[layers.Count + 1];

    public IReadOnlyList<SyntaxNode> Layers { get; } = layers;

    public int Visible { get; set; } = layers.Count;

    public bool InProgress => Visible < Layers.Count;

    /// <summary>The cell itself, or the one it merely stands for.</summary>
    public Cell Source => Layers is [BorrowedNode borrowed] ? borrowed.Cell : this;

    /// <summary>Whether nothing of <paramref name="below"/> can show through: the lowest layer is text or a list, or holds it already.</summary>
    public bool Covers(Cell below) => Layers[0] switch
    {
        ScalarNode or ListNode => true,
        BorrowedNode borrowed => borrowed.Cell == below.Source,
        _ => false,
    };

    public Value? Known
    {
        get => _known[Visible];
        set => _known[Visible] = value;
    }
}

/// <summary>
/// A layer that is a field of another object, which a substitution brought here. It counts as that field's value and not
/// as the text it was written with: its own <c>+=</c> and self-references were about what lay below it there.
/// </summary>
internal sealed class BorrowedNode(Cell cell, SubstitutionNode by) : SyntaxNode(by.Origin)
{
    public Cell Cell { get; } = cell.Source;

    public SubstitutionNode By { get; } = by;
}
