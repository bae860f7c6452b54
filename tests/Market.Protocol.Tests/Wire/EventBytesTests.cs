using Market.Protocol.Messages;
using Market.Protocol.Wire;

namespace Market.Protocol.Tests.Wire;

public class EventBytesTests
{
    public static TheoryData<string> MarketEventNames => [.. Samples.MarketEvents.Keys];

    public static TheoryData<string> TraderEventNames => [.. Samples.TraderEvents.Keys];

    [Theory]
    [MemberData(nameof(MarketEventNames))]
    public void Events_of_the_market_have_golden_bytes(string name)
    {
        var (happened, hex) = Samples.MarketEvents[name];
        Convert.ToHexStringLower(Samples.Bytes(happened)).ShouldBe(hex.Replace(" ", "", StringComparison.Ordinal));
        Read(Samples.FromHex(hex)).Events.ShouldBe([happened]);
    }

    [Theory]
    [MemberData(nameof(TraderEventNames))]
    public void Events_of_traders_have_golden_bytes(string name)
    {
        var (fact, hex) = Samples.TraderEvents[name];
        Convert.ToHexStringLower(Samples.Bytes(fact)).ShouldBe(hex.Replace(" ", "", StringComparison.Ordinal));
        Read(Samples.FromHex(hex)).Events.ShouldBe([fact]);
    }

    [Fact]
    public void Every_kind_of_event_has_a_sample()
    {
        var kinds = typeof(MarketEvent).Assembly.GetTypes().Where(type => type.IsSubclassOf(typeof(MarketEvent)));
        Samples.MarketEvents.Values.Select(sample => sample.Event.GetType()).Distinct().ShouldBe(kinds, ignoreOrder: true);
        Samples.TraderEvents.Values.Select(sample => sample.Fact.Happened.Type).Distinct().ShouldBe(Enum.GetValues<TraderEventType>(), ignoreOrder: true);
    }

    [Fact]
    public void Events_stand_one_after_the_other_and_have_the_time_of_their_turn()
    {
        var to = new BytesWriter();
        var expected = new List<object>();
        foreach (var (happened, _) in Samples.MarketEvents.Values)
        {
            EventWriter.Write(to, happened);
            expected.Add(happened);
        }
        foreach (var (fact, _) in Samples.TraderEvents.Values)
        {
            EventWriter.Write(to, fact.Slot, fact.Happened, fact.TxnId);
            expected.Add(fact);
        }
        var read = Read(to.Written, expected.Count);
        read.Events.ShouldBe(expected);
        read.Times.ShouldAllBe(time => time == Samples.Time);
    }

    [Fact]
    public void A_txnId_may_be_as_long_as_is_allowed_in_any_script()
    {
        foreach (var letter in new[] { "x", "é", "猿", "🐒" })
        {
            var txnId = string.Concat(Enumerable.Repeat(letter, TraderCommand.MaxTxnIdLength / letter.Length));
            var fact = Samples.TraderEvents["bought"].Fact with { TxnId = txnId };
            Read(Samples.Bytes(fact)).Events.ShouldBe([fact]);
        }
    }

    [Fact]
    public void A_txnId_longer_than_is_allowed_is_corrupt()
    {
        var fact = Samples.TraderEvents["bought"].Fact with { TxnId = new string('x', TraderCommand.MaxTxnIdLength + 1) };
        Should.Throw<CorruptBytesException>(() => Read(Samples.Bytes(fact)));
    }

    [Theory]
    [InlineData("00", 0)] // no such kind
    [InlineData("0f", 0)]
    [InlineData("16", 0)]
    [InlineData("ff", 0)]
    [InlineData("02 04 00", 1)] // no market has status 4
    [InlineData("03 07 00 00 0000000000000000", 1)]
    [InlineData("08 02 00 00 00 00 05", 6)] // no gibb was left out for reason 5
    [InlineData("06 00 00 02 00", 3)] // a flag is 0 or 1
    [InlineData("10 00 04 00 00 00", 2)] // a flag of a later version
    [InlineData("14 00 00 05 1f 00 00", 3)] // no command 5
    [InlineData("14 00 00 01 21 00 00 00", 4)] // no status 33
    [InlineData("01 0642616e616e61 0000000000000000 10", 8)] // "Banana" is no market id
    [InlineData("04 00", 2)] // ends too early
    [InlineData("04 00 00 00", 3)] // ends too late
    [InlineData("04 ffffffffffffffffffff01 00", 11)] // a number of more than 64 bits
    [InlineData("04 ffffffffffffffffff02 00", 11)]
    [InlineData("0b 8080808008 00", 6)] // shard 2³¹
    public void What_no_event_is_written_like_is_corrupt_and_says_where(string hex, int offset) =>
        Should.Throw<CorruptBytesException>(() => Read(Samples.FromHex(hex))).Offset.ShouldBe(offset);

    private static RecordingFold Read(ReadOnlySpan<byte> bytes, int count = 1)
    {
        var into = new RecordingFold();
        EventReader.Read(bytes, count, Samples.Time, into);
        return into;
    }

    private static RecordingFold Read(byte[] bytes) => Read(bytes.AsSpan());
}
