using Market.Actors.Chance;

namespace Market.Actors.Bots;

/// <summary>A stream of chance drawn one after the other: the stream and the number of the next draw, 16 bytes. Kept in a field, never copied.</summary>
public struct Dice(ChanceStream stream)
{
    private long _next;

    /// <summary>Uniform in the open interval (0, 1).</summary>
    public double Uniform() => stream.Uniform(_next++);

    /// <summary>A whole number from 0 to <paramref name="count"/> − 1.</summary>
    /// <param name="count">At least 1.</param>
    public int Below(int count) => (int)(Uniform() * count);
}
