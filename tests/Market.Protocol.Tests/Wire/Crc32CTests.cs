using Market.Protocol.Wire;

namespace Market.Protocol.Tests.Wire;

public class Crc32CTests
{
    /// <summary>The vectors of RFC 3720, appendix B.4, and the usual check of nine digits.</summary>
    public static TheoryData<byte[], uint> Published => new()
    {
        { new byte[32], 0x8a9136aa },
        { [.. Enumerable.Repeat((byte)0xff, 32)], 0x62a8ab43 },
        { [.. Enumerable.Range(0, 32).Select(i => (byte)i)], 0x46dd794e },
        { "123456789"u8.ToArray(), 0xe3069283 },
        { [], 0 },
    };

    [Theory]
    [MemberData(nameof(Published))]
    public void Published_bytes_have_their_published_checksum(byte[] bytes, uint checksum)
    {
        Crc32C.Of(bytes).ShouldBe(checksum);
        for (var cut = 0; cut <= bytes.Length; cut++) { Crc32C.Of(bytes.AsSpan(0, cut), bytes.AsSpan(cut)).ShouldBe(checksum); }
    }
}
