using Market.Node.Config.Hocon.Syntax;

namespace Market.Node.Config.Hocon.Resolution;

/// <summary>
/// The fields being worked out, each because the one before needs it. The only unbounded recursion in resolving goes
/// through here, so this is where it is bounded; and the names tell a circle.
/// </summary>
internal sealed class Waiting
{
    private const int ShownLinks = 8;

    private readonly List<KeyPath> _fields = [];

    public void Enter(KeyPath field, HoconOrigin origin)
    {
        const int limit = Bounds.SubstitutionDepth;
        if (_fields.Count == limit)
            throw new HoconException(origin, field.ToString(), $"more than {limit} values wait for each other; the limit is {limit}");
        _fields.Add(field);
    }

    public void Leave() => _fields.RemoveAt(_fields.Count - 1);

    /// <summary>For messages: the last few links, ending in <paramref name="last"/>.</summary>
    public string Chain(KeyPath last) =>
        string.Join(" → ", _fields.Skip(_fields.Count - ShownLinks).Append(last));
}
