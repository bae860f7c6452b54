using Market.Node.Config.Hocon.Syntax;

namespace Market.Node.Config.Hocon.Resolution;

/// <summary>Works out what fields are, on demand and each once: the latest layer counts, and objects merge downwards.</summary>
internal sealed class Resolver
{
    private readonly WorkBudget _budget;
    private readonly Waiting _waiting = new();
    private readonly Substitutions _substitutions;
    private readonly Joiner _joiner;

    public Resolver(ObjectNode root, Func<string, string?> environment, WorkBudget budget)
    {
        _budget = budget;
        Root = new Cell([root]);
        _substitutions = new Substitutions(this, _waiting, environment);
        _joiner = new Joiner(this, budget);
    }

    public Cell Root { get; }

    /// <summary>What the visible layers of <paramref name="cell"/> come to.</summary>
    public Value Reduce(Cell cell)
    {
        if (cell.Known is { } known)
            return known;
        var visible = cell.Visible;
        var value = Value.Undefined;
        // Down to the first that is no object. No finally: an exception ends the document, and nobody looks at this cell again.
        while (cell.Visible > 0 && (value == Value.Undefined || value is ObjectValue))
        {
            var below = TakeLayer(cell);
            if (below is ObjectValue lower && value is ObjectValue upper)
                value = _joiner.Merge(lower, upper);
            else if (value == Value.Undefined)
                value = below;
            else if (below != Value.Undefined)
                break;
        }
        cell.Visible = visible;
        cell.Known = value;
        return value;
    }

    /// <summary>What <paramref name="node"/> comes to by itself.</summary>
    public Value Evaluate(SyntaxNode node) => node switch
    {
        ScalarNode scalar => new TextValue(scalar.Text, scalar.Origin),
        ListNode list => new ListValue(Cells(list.Elements, list.Origin), list.Origin),
        ObjectNode fields => new ObjectValue(Cells(fields), fields.Origin),
        SubstitutionNode substitution => Borrow(_substitutions.Resolve(substitution), substitution),
        ConcatenationNode concatenation => _joiner.Join(concatenation),
        _ => throw new InvalidOperationException($"{node.GetType().Name} has no value of its own."),
    };

    /// <summary>The uppermost visible layer, or all of them at once where they are known; none of these is visible afterwards.</summary>
    private Value TakeLayer(Cell cell)
    {
        if (cell.Known is { } known)
        {
            cell.Visible = 0;
            return known;
        }
        cell.Visible--;
        return cell.Layers[cell.Visible] switch
        {
            AppendNode append => Append(cell, append),
            BorrowedNode borrowed => Borrow(Wait(borrowed.By.At, borrowed.Origin, borrowed.Cell), borrowed.By),
            var node => Evaluate(node),
        };
    }

    private Value Append(Cell cell, AppendNode append)
    {
        var earlier = Wait(append.At, append.Origin, cell);
        return _joiner.Append(earlier, new ListValue(Cells(append.Elements, append.Origin), append.Origin), append);
    }

    private Value Wait(KeyPath at, HoconOrigin origin, Cell cell)
    {
        _waiting.Enter(at, origin);
        var value = Reduce(cell);
        _waiting.Leave();
        return value;
    }

    private Value Borrow(Value value, SubstitutionNode by)
    {
        if (value is not ObjectValue owned)
            return value;
        _budget.Spend(owned.Fields.Count, by.Origin, by.At);
        var fields = new OrderedDictionary<string, Cell>(owned.Fields.Count, StringComparer.OrdinalIgnoreCase);
        foreach (var (key, cell) in owned.Fields)
            fields.Add(key, new Cell([new BorrowedNode(cell, by)]));
        return new ObjectValue(fields, owned.Origin);
    }

    private List<Cell> Cells(List<SyntaxNode> elements, HoconOrigin origin)
    {
        _budget.Spend(elements.Count, origin, at: null);
        return elements.ConvertAll(element => new Cell([element]));
    }

    private OrderedDictionary<string, Cell> Cells(ObjectNode node)
    {
        _budget.Spend(node.Fields.Count, node.Origin, at: null);
        var cells = new OrderedDictionary<string, Cell>(node.Fields.Count, StringComparer.OrdinalIgnoreCase);
        foreach (var (key, field) in node.Fields)
            cells.Add(key, new Cell(field.Layers));
        return cells;
    }
}
