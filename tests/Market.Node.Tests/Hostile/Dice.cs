using System.Text;

namespace Market.Node.Tests.Hostile;

/// <summary>SplitMix64: all that is drawn for one input comes from its seed alone, so that the seed gives the input again.</summary>
internal sealed class Dice(ulong seed)
{
    private ulong _state = seed;

    public ulong Next()
    {
        var z = _state += 0x9e3779b97f4a7c15;
        z = (z ^ (z >> 30)) * 0xbf58476d1ce4e5b9;
        z = (z ^ (z >> 27)) * 0x94d049bb133111eb;
        return z ^ (z >> 31);
    }

    /// <summary>From 0 to below <paramref name="bound"/>.</summary>
    public int Below(int bound) => (int)(Next() % (ulong)bound);

    public bool OneIn(int many) => Below(many) == 0;

    public T Of<T>(IReadOnlyList<T> choices) => choices[Below(choices.Count)];

    public byte[] Bytes(int count)
    {
        var bytes = new byte[count];
        for (var i = 0; i < count; i++) { bytes[i] = (byte)Next(); }
        return bytes;
    }

    public string Letters(int count)
    {
        var text = new StringBuilder(count);
        for (var i = 0; i < count; i++) { text.Append((char)('a' + Below(26))); }
        return text.ToString();
    }
}
