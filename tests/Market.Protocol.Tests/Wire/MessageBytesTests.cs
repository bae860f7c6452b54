using Market.Protocol.Messages;
using Market.Protocol.Values;
using Market.Protocol.Wire;

namespace Market.Protocol.Tests.Wire;

public class MessageBytesTests
{
    public static TheoryData<string> Names => [.. Samples.Messages.Keys];

    [Theory]
    [MemberData(nameof(Names))]
    public void Messages_have_golden_bytes(string name)
    {
        var (message, hex) = Samples.Messages[name];
        Convert.ToHexStringLower(Samples.Bytes(message)).ShouldBe(hex.Replace(" ", "", StringComparison.Ordinal));
        var from = new BytesReader(Samples.FromHex(hex));
        MessageCodec.Read(ref from).ShouldBe(message);
        from.AtEnd.ShouldBeTrue();
    }

    [Fact]
    public void Every_kind_of_message_has_a_sample() => Samples.Messages.Values.Select(sample => sample.Message.GetType())
        .ShouldBe(typeof(ActorMessage).Assembly.GetTypes().Where(type => type.IsSubclassOf(typeof(ActorMessage))), ignoreOrder: true);

    [Theory]
    [InlineData("00")]
    [InlineData("06")]
    [InlineData("03 04 00 00 0000000000000000")] // no market has status 4
    [InlineData("04 00")]
    public void What_no_message_is_written_like_is_corrupt(string hex) => Should.Throw<CorruptBytesException>(() =>
    {
        var from = new BytesReader(Samples.FromHex(hex));
        MessageCodec.Read(ref from);
    });

    [Fact]
    public void A_tick_and_a_gibb_keep_their_own_time_in_snapshots()
    {
        var tick = new PriceTick(7, Samples.Time, Coins.Whole(1), 1.5, 0.75, new Coins(-250_000), true);
        var gibb = new Gibb(26, Samples.Time, "zoé", "banana", "api", -1, NotCounted.TooMany);
        var to = new BytesWriter();
        EventWriter.Write(to, tick);
        EventWriter.Write(to, gibb);
        var from = new BytesReader(to.Written);
        EventReader.ReadTick(ref from).ShouldBe(tick);
        EventReader.ReadGibb(ref from).ShouldBe(gibb);
        from.AtEnd.ShouldBeTrue();
    }
}
