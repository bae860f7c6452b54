namespace Market.Chaos.Traders;

/// <summary>SplitMix64: the same commands for the same seed.</summary>
internal sealed class Chance(ulong seed)
{
    private ulong _state = seed;

    public ulong Next(ulong below)
    {
        var z = _state += 0x9e3779b97f4a7c15;
        z = (z ^ (z >> 30)) * 0xbf58476d1ce4e5b9;
        z = (z ^ (z >> 27)) * 0x94d049bb133111eb;
        return (z ^ (z >> 31)) % below;
    }
}
