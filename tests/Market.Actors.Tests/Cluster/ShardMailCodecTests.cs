using Market.Actors.Cluster;
using Market.Actors.Mailboxes;
using Market.Protocol.Messages;
using Market.Protocol.Values;
using Market.Protocol.Wire;

namespace Market.Actors.Tests.Cluster;

public class ShardMailCodecTests
{
    private static readonly TraderKey Alice = new("BONOBO", "alice");

    public static TheoryData<ShardMail> Mails =>
    [
        new CommandMail("node-1", 5, [
            new TicketedCommand(7, Alice, TraderCommand.Buy("t1", 3)),
            new TicketedCommand(-1, new TraderKey("DRILL", "böb/2"), TraderCommand.Invest("t2", Coins.Whole(2)) with { SentAt = new Timestamp(1_700_000_000_000) }),
            new TicketedCommand(8, Alice, TraderCommand.Buy("t3", 3), "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01"),
            new TicketedCommand(9, Alice, TraderCommand.Buy("t4", 3) with { SentAt = new Timestamp(1) }, "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01")]),
        new CommandMail("node-1", 5, []),
        new RequestMail("node-2", 1L << 40, ulong.MaxValue, new AskedJoin(Alice)),
        new RequestMail("node-2", 0, 1, new AskedPost("me", "buy #mktd 🍌", "api")),
        new RequestMail("node-2", 0, 2, new AskedOpen(42)),
        new RequestMail("node-2", 0, 3, new AskedMove(MarketAction.Pause)),
        new LinkMail(new LinkBatch(3, 17, [new Plant(Alice, "t2", Coins.Whole(2)), new PriceMoved(9, Coins.Whole(1)), new TalkHeard(-3)])),
        new AcknowledgementMail(new LinkAcknowledgement(15, 1_000_000)),
        new ClaimMail("node-3"),
    ];

    [Theory]
    [MemberData(nameof(Mails))]
    public void What_was_written_is_read(ShardMail mail)
    {
        var bytes = Bytes(mail);
        var read = ShardMailCodec.Read(bytes);
        Bytes(read).ShouldBe(bytes);
        switch (mail)
        {
            case CommandMail commands: ((CommandMail)read).Commands.ShouldBe(commands.Commands); ((CommandMail)read).Beat.ShouldBe(commands.Beat); break;
            case LinkMail link: ((LinkMail)read).Batch.Messages.ShouldBe(link.Batch.Messages); break;
            default: read.ShouldBe(mail); break;
        }
    }

    [Theory]
    [MemberData(nameof(Mails))]
    public void Mail_that_was_cut_short_or_goes_on_is_refused(ShardMail mail)
    {
        var bytes = Bytes(mail);
        for (var length = 0; length < bytes.Length; length++)
        {
            Should.Throw<CorruptBytesException>(() => ShardMailCodec.Read(bytes.AsSpan(0, length)));
        }
        Should.Throw<CorruptBytesException>(() => ShardMailCodec.Read([.. bytes, 0]));
    }

    [Fact]
    public void A_count_that_cannot_be_is_refused_before_room_is_made_for_it()
    {
        byte[] bytes = [2, 1, 1, (byte)'x', 0, 0xff, 0xff, 0xff, 0xff, 0x07];
        Should.Throw<CorruptBytesException>(() => ShardMailCodec.Read(bytes)).Message.ShouldContain("count");
    }

    [Fact]
    public void A_mark_nobody_knows_and_a_trace_of_another_length_are_refused()
    {
        var bytes = Bytes(new CommandMail("n", 5, [new TicketedCommand(7, Alice, TraderCommand.Buy("t", 3), new string('0', 54))]));
        Should.Throw<CorruptBytesException>(() => ShardMailCodec.Read(bytes)).Message.ShouldContain("trace");
        bytes = Bytes(new CommandMail("n", 5, [new TicketedCommand(7, Alice, TraderCommand.Buy("t", 3))]));
        bytes[^1] = 4;
        Should.Throw<CorruptBytesException>(() => ShardMailCodec.Read(bytes)).Message.ShouldContain("mark");
    }

    [Fact]
    public void Another_version_is_refused() => Should.Throw<CorruptBytesException>(() => ShardMailCodec.Read([3, 5, 0]));

    private static byte[] Bytes(ShardMail mail)
    {
        var to = new BytesWriter();
        ShardMailCodec.Write(to, mail);
        return to.Written.ToArray();
    }
}
