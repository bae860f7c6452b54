using Market.Actors.Chance;

namespace Market.Actors.Simulation;

/// <summary>Draws for one step: the same for the same key, whatever other steps there are.</summary>
internal sealed class Lots(ulong key)
{
    private readonly ChanceStream _stream = new(key);
    private long _index;

    /// <summary>From 0 to <paramref name="below"/> − 1.</summary>
    public int Next(int below) => (int)(_stream.Bits(_index++) % (ulong)below);

    public int Next(int from, int below) => from + Next(below - from);

    public bool OneIn(int many) => Next(many) == 0;

    public T Of<T>(IReadOnlyList<T> several) => several[Next(several.Count)];

    public ulong Bits() => _stream.Bits(_index++);
}
