namespace Market.Node.Config.Hocon.Syntax;

/// <summary>
/// The keys that lead to what is being read. Lexer and parser share it, so that every error can name its key, and the
/// depth of nesting has one place where it is bounded. An included file goes on with the trail of the file that includes it.
/// </summary>
internal sealed class Trail
{
    private readonly List<string> _keys = [];

    public void Enter(string key, HoconOrigin origin)
    {
        if (_keys.Count == Bounds.Nesting)
            throw Fail(origin, $"nested more than {Bounds.Nesting} levels deep; the limit is {Bounds.Nesting}");
        _keys.Add(key);
    }

    public void Enter(KeyPath path, HoconOrigin origin)
    {
        foreach (var key in path.Keys)
            Enter(key, origin);
    }

    public void Leave(int count = 1) => _keys.RemoveRange(_keys.Count - count, count);

    public KeyPath Here() => new([.. _keys]);

    public HoconException Fail(HoconOrigin origin, string problem) =>
        new(origin, _keys.Count == 0 ? null : Here().ToString(), problem);
}
