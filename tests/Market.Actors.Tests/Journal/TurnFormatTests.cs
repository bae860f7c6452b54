using Market.Actors.Journal;
using Market.Contracts;
using Market.Protocol.Messages;
using Market.Protocol.Values;
using Market.Protocol.Wire;

namespace Market.Actors.Tests.Journal;

public class TurnFormatTests
{
    private static readonly StreamId Stream = new(MarketId.Of("banana"), 3);

    /// <summary>Shard 3, events 7 and 8, 2018-03-20T18:34:56.789Z, after a turn with checksum 1a2b3c4d: two harvests, numbers 1 and 300.</summary>
    private const string Golden =
        "01000300" + "920E854E" + "4D3C2B1A" + "02000000" + "0700000000000000" + "955BB14462010000" + "0A02" + "0AD804";

    [Fact]
    public void A_turns_bytes_are_these_for_good()
    {
        var room = new BytesWriter();
        room.Take(TurnFormat.HeaderLength);
        EventWriter.Write(room, new Harvested(1));
        EventWriter.Write(room, new Harvested(300));
        var turn = room.Written.ToArray();
        var checksum = TurnFormat.Seal(turn, new TurnHeader(3, 7, 2, new Timestamp(1_521_570_896_789), 0x1a2b3c4d, 0));
        Convert.ToHexString(turn).ShouldBe(Golden);
        Convert.ToHexString(BitConverter.GetBytes(checksum)).ShouldBe(Golden[8..16]);
    }

    [Fact]
    public void The_checksum_is_crc_32c_of_all_bytes_but_its_own()
    {
        var turn = Convert.FromHexString(Golden);
        Crc32C([.. turn[..4], .. turn[8..]]).ShouldBe(BitConverter.ToUInt32(turn, 4));
        Crc32C("123456789"u8.ToArray()).ShouldBe(0xe3069283u); // the check value of the Castagnoli polynomial
    }

    [Fact]
    public void Old_bytes_are_read()
    {
        var turn = Convert.FromHexString(Golden);
        var header = TurnFormat.Open(turn);
        header.ShouldBe(new TurnHeader(3, 7, 2, new Timestamp(1_521_570_896_789), 0x1a2b3c4d, BitConverter.ToUInt32(turn, 4)));
        var seen = new Recorder();
        new StreamReplay(Stream, seen, 7, 0x1a2b3c4d).Turn(new JournaledTurn(Stream, 7, 2, turn));
        seen.Events.ShouldBe([$"{header.Time} {new Harvested(1)}", $"{header.Time} {new Harvested(300)}"]);
    }

    [Fact]
    public void Every_bit_that_changed_is_found()
    {
        var whole = new TurnChain(Stream).Next(3, text: 40).Bytes.ToArray();
        for (var at = 0; at < whole.Length; at++)
        {
            for (var bit = 0; bit < 8; bit++)
            {
                var damaged = whole.ToArray();
                damaged[at] ^= (byte)(1 << bit);
                Should.Throw<JournalCorruptException>(() => TurnFormat.Open(damaged), $"byte {at}, bit {bit}");
            }
        }
    }

    [Fact]
    public void Every_byte_of_any_other_value_is_found()
    {
        var whole = new TurnChain(Stream).Next().Bytes.ToArray();
        for (var at = 0; at < whole.Length; at++)
        {
            for (var by = 1; by < 256; by++)
            {
                var damaged = whole.ToArray();
                damaged[at] ^= (byte)by;
                Should.Throw<JournalCorruptException>(() => TurnFormat.Open(damaged), $"byte {at} by {by}");
            }
        }
    }

    [Fact]
    public void Every_cut_is_found()
    {
        var whole = new TurnChain(Stream).Next(3, text: 300).Bytes.ToArray();
        for (var length = 0; length < whole.Length; length++)
        {
            Should.Throw<JournalCorruptException>(() => TurnFormat.Open(whole.AsSpan(0, length)), $"{length} bytes");
        }
        Should.Throw<JournalCorruptException>(() => TurnFormat.Open([.. whole, 0]));
        Should.NotThrow(() => TurnFormat.Open(whole));
    }

    [Theory]
    [InlineData(0, 2, "format 2.0")]
    [InlineData(0, 0, "format 0.0")]
    [InlineData(1, 1, "format 1.1")]
    public void Another_format_is_named(int at, byte value, string said)
    {
        var turn = Convert.FromHexString(Golden);
        turn[at] = value;
        Should.Throw<JournalCorruptException>(() => TurnFormat.Open(turn)).Message.ShouldContain(said);
    }

    [Theory]
    [InlineData(0, 1L, int.MaxValue)]
    [InlineData(65_535, long.MaxValue, 1)]
    public void The_widest_numbers_come_back(int shard, long first, int count)
    {
        var turn = new byte[TurnFormat.HeaderLength];
        var header = new TurnHeader(shard, first, count, new Timestamp(long.MaxValue), uint.MaxValue, 0);
        var checksum = TurnFormat.Seal(turn, header);
        TurnFormat.Open(turn).ShouldBe(header with { Checksum = checksum });
    }

    /// <summary>RFC 3720 bit by bit, apart from the code under test.</summary>
    private static uint Crc32C(byte[] bytes)
    {
        var crc = uint.MaxValue;
        foreach (var one in bytes)
        {
            crc ^= one;
            for (var bit = 0; bit < 8; bit++) { crc = (crc & 1) == 0 ? crc >> 1 : (crc >> 1) ^ 0x82f63b78; }
        }
        return ~crc;
    }
}
