using System.Text;
using Market.Node.Config.Hocon.Syntax;

namespace Market.Node.Config.Hocon.Resolution;

/// <summary>Puts values together: text to text, list to list, object over object; never one kind to another.</summary>
internal sealed class Joiner(Resolver resolver, WorkBudget budget)
{
    /// <summary>The values of a line side by side. Undefined ones count for nothing; when all are, so is the whole.</summary>
    public Value Join(ConcatenationNode node)
    {
        // A loop, because what it calls may come back here many levels deep, and a query would double the stack of each.
        var values = new Value[node.Parts.Count];
        for (var index = 0; index < values.Length; index++)
            values[index] = resolver.Evaluate(node.Parts[index].Node);
        return Array.Find(values, value => value != Value.Undefined) is { } first ? Join(node, values, first) : Value.Undefined;
    }

    /// <summary><c>+=</c>: the earlier list, or nothing, and then <paramref name="added"/>.</summary>
    public Value Append(Value earlier, ListValue added, AppendNode node)
    {
        if (earlier == Value.Undefined)
            return added;
        RequireOneKind(earlier, added, node.Origin, node.At);
        return Chain([(ListValue)earlier, added], node.Origin, node.At);
    }

    /// <summary>One object of both; where both have a field, the layers of the upper one's lie on those of the lower one's.</summary>
    public ObjectValue Merge(ObjectValue lower, ObjectValue upper)
    {
        budget.Spend(lower.Fields.Count + upper.Fields.Count, upper.Origin, at: null);
        var merged = new OrderedDictionary<string, Cell>(lower.Fields, StringComparer.OrdinalIgnoreCase);
        foreach (var (key, cell) in upper.Fields)
            merged[key] = merged.TryGetValue(key, out var below) ? Cover(below, cell, upper.Origin) : cell;
        return new ObjectValue(merged, upper.Origin);
    }

    private Cell Cover(Cell below, Cell above, HoconOrigin origin)
    {
        if (above.Covers(below))
            return above;
        budget.Spend(below.Layers.Count + above.Layers.Count, origin, at: null);
        return new Cell([.. below.Layers, .. above.Layers]);
    }

    private Value Join(ConcatenationNode node, Value[] values, Value first)
    {
        for (var index = 0; index < values.Length; index++)
        {
            if (values[index] != Value.Undefined)
                RequireOneKind(first, values[index], node.Parts[index].Node.Origin, node.At);
        }
        return first switch
        {
            ListValue => Chain(values.OfType<ListValue>(), node.Origin, node.At),
            ObjectValue => values.OfType<ObjectValue>().Aggregate(Merge),
            _ => JoinText(node, values),
        };
    }

    private ListValue Chain(IEnumerable<ListValue> lists, HoconOrigin origin, KeyPath at)
    {
        var elements = new List<Cell>();
        foreach (var list in lists)
        {
            budget.Spend(list.Elements.Count, origin, at);
            elements.AddRange(list.Elements);
        }
        return new ListValue(elements, origin);
    }

    private TextValue JoinText(ConcatenationNode node, Value[] values)
    {
        var text = new StringBuilder();
        for (var index = 0; index < values.Length; index++)
        {
            var space = node.Parts[index].Space;
            var word = values[index] is TextValue value ? value.Text ?? "null" : "";
            budget.Spend(space.Length + word.Length, node.Origin, node.At);
            text.Append(space).Append(word);
        }
        return new TextValue(text.ToString(), node.Origin);
    }

    private static void RequireOneKind(Value first, Value other, HoconOrigin origin, KeyPath at)
    {
        if (first.GetType() != other.GetType())
            throw new HoconException(origin, at.ToString(), $"{Kind(other)} cannot be joined to {Kind(first)}; both must be of one kind");
    }

    private static string Kind(Value value) => value switch
    {
        ObjectValue => "an object",
        ListValue => "a list",
        _ => "text",
    };
}
