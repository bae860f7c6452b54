using System.Globalization;
using Market.Node.Config.Hocon.Syntax;

namespace Market.Node.Config.Hocon.Resolution;

/// <summary>Turns the tree into the flat keys of Microsoft.Extensions.Configuration, <c>market:tick</c> and <c>brokers:0</c>.</summary>
internal sealed class Flattener(Resolver resolver, WorkBudget budget)
{
    private readonly List<HoconEntry> _entries = [];
    private readonly List<string> _keys = [];

    /// <summary>The cells on the way here, each with the number of keys that lead to it: to meet one again is to contain oneself.</summary>
    private readonly Dictionary<Cell, int> _open = [];

    public IReadOnlyList<HoconEntry> Flatten()
    {
        Visit(resolver.Root);
        return _entries;
    }

    private void Visit(Cell cell)
    {
        if (_keys.Count > Bounds.Nesting)
            throw Fail(cell, _keys.Count, $"substitutions nest this more than {Bounds.Nesting} levels deep; the limit is {Bounds.Nesting}");
        cell = cell.Source;
        if (!_open.TryAdd(cell, _keys.Count))
            throw Fail(cell, _open[cell], "this contains itself; a substitution may not name an object or a list around it");
        switch (resolver.Reduce(cell))
        {
            case TextValue text:
                Write(text.Text, text.Origin);
                break;
            case ListValue list:
                VisitElements(list);
                break;
            case ObjectValue fields:
                VisitFields(fields);
                break;
        }
        _open.Remove(cell);
    }

    /// <summary>An empty list is empty text, which the binder reads as a list of nothing; without it, a default would remain.</summary>
    private void VisitElements(ListValue list)
    {
        var index = 0;
        foreach (var element in list.Elements.Where(element => resolver.Reduce(element) != Value.Undefined))
            VisitBelow((index++).ToString(CultureInfo.InvariantCulture), element);
        if (index == 0)
            Write("", list.Origin);
    }

    /// <summary>An empty object is null, so that the key is known to have been written.</summary>
    private void VisitFields(ObjectValue value)
    {
        var before = _entries.Count;
        foreach (var (key, field) in value.Fields)
            VisitBelow(key, field);
        if (_entries.Count == before && _keys.Count > 0)
            Write(null, value.Origin);
    }

    private void VisitBelow(string key, Cell cell)
    {
        _keys.Add(key);
        Visit(cell);
        _keys.RemoveAt(_keys.Count - 1);
    }

    private void Write(string? value, HoconOrigin origin)
    {
        var key = string.Join(':', _keys);
        budget.Spend(key.Length + 1, origin, new KeyPath(_keys));
        _entries.Add(new HoconEntry(key, value, origin));
    }

    private HoconException Fail(Cell cell, int depth, string problem) =>
        new(cell.Layers[^1].Origin, new KeyPath(_keys[..depth]).ToString(), problem);
}
