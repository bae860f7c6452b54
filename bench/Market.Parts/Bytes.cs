using BenchmarkDotNet.Attributes;
using Market.Protocol.Values;
using Market.Protocol.Wire;

namespace Market.Parts;

/// <summary>The hash that places a trader, and the checksum of a turn of 4 KiB.</summary>
[MemoryDiagnoser]
public class Bytes
{
    private readonly string _trader = "BONOBO/trader-000042";
    private readonly byte[] _turn = [.. Enumerable.Range(0, 4_096).Select(i => (byte)i)];

    [Benchmark]
    public ulong Hash() => StableHash.Hash64(_trader);

    [Benchmark]
    public uint Crc32COf4KiB() => Crc32C.Of(_turn);
}
