namespace Market.Node.Config.Hocon.Syntax;

/// <summary>Fields in the order of their first mention; keys differ by more than case. Merging happens here, while reading.</summary>
internal sealed class ObjectNode(HoconOrigin origin) : SyntaxNode(origin)
{
    public OrderedDictionary<string, Field> Fields { get; } = new(StringComparer.OrdinalIgnoreCase);

    /// <summary>Sets the value at <paramref name="path"/>, with objects for the keys on the way.</summary>
    public void Assign(KeyPath path, SyntaxNode value)
    {
        for (var index = path.Keys.Count - 1; index > 0; index--)
        {
            var parent = new ObjectNode(value.Origin);
            parent.FieldAt(path.Keys[index]).Add(value);
            value = parent;
        }
        FieldAt(path.Keys[0]).Add(value);
    }

    /// <summary>Takes over what <paramref name="later"/> holds, as if it had been written here; <paramref name="later"/> is not used again.</summary>
    public void MergeWith(ObjectNode later)
    {
        foreach (var (key, field) in later.Fields)
        {
            foreach (var layer in field.Layers)
                FieldAt(key).Add(layer);
        }
    }

    private Field FieldAt(string key)
    {
        if (!Fields.TryGetValue(key, out var field))
            Fields.Add(key, field = new Field());
        return field;
    }
}

/// <summary>
/// Everything assigned to one key that may still matter, the earliest first:
/// <code>
/// a = { x = 1 }        layer 0   an object
/// a = ${b}             layer 1   unknown before b is: it may merge with layer 0, replace it, or be undefined
/// a = { y = 2 }        layer 2   an object, which merges with whatever layer 1 turns out to be
/// a = 3                          would remove all three: what text or a list covers is never looked at
/// </code>
/// </summary>
internal sealed class Field
{
    private readonly List<SyntaxNode> _layers = [];

    public IReadOnlyList<SyntaxNode> Layers => _layers;

    public void Add(SyntaxNode value)
    {
        var top = _layers.Count > 0 ? _layers[^1] : null;
        switch (value, top)
        {
            case (ObjectNode later, ObjectNode earlier):
                earlier.MergeWith(later);
                return;
            case (AppendNode later, ListNode earlier):
                earlier.Elements.AddRange(later.Elements);
                return;
            case (AppendNode later, AppendNode earlier):
                earlier.Elements.AddRange(later.Elements);
                return;
            case (ScalarNode or ListNode, _):
            case (ObjectNode, ScalarNode or ListNode):
                _layers.Clear();
                break;
        }
        _layers.Add(value);
    }
}
