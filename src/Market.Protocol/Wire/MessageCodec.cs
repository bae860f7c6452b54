using Market.Protocol.Messages;
using Market.Protocol.Values;

namespace Market.Protocol.Wire;

/// <summary>Messages between actors to bytes and back: for snapshots, and for shards on different machines.</summary>
public static class MessageCodec
{
    private enum Kind : byte
    {
        Plant = 1,
        ComeHome = 2,
        ClockMoved = 3,
        PriceMoved = 4,
        TalkHeard = 5,
    }

    public static void Write(BytesWriter to, ActorMessage message)
    {
        switch (message)
        {
            case Plant m: to.Byte((byte)Kind.Plant); EventWriter.Write(to, m.Trader); to.Text(m.TxnId); to.Signed(m.Amount.Micro); break;
            case ComeHome m: to.Byte((byte)Kind.ComeHome); EventWriter.Write(to, m.Trader); to.Text(m.TxnId); to.Signed(m.Amount.Micro); break;
            case ClockMoved m: to.Byte((byte)Kind.ClockMoved); to.Byte((byte)m.Status); to.Signed(m.ElapsedMs); to.Signed(m.Since.UnixMs); to.Fixed64(m.Seed); break;
            case PriceMoved m: to.Byte((byte)Kind.PriceMoved); to.Signed(m.Seq); to.Signed(m.Price.Micro); break;
            case TalkHeard m: to.Byte((byte)Kind.TalkHeard); to.Signed(m.Points); break;
            default: throw new InvariantBrokenException($"{message.GetType().Name} has no binary form.");
        }
    }

    /// <exception cref="CorruptBytesException">Not a message.</exception>
    public static ActorMessage Read(ref BytesReader from) => (Kind)from.Byte() switch
    {
        Kind.Plant => new Plant(EventReader.ReadTrader(ref from), from.Text(), new Coins(from.Signed())),
        Kind.ComeHome => new ComeHome(EventReader.ReadTrader(ref from), from.Text(), new Coins(from.Signed())),
        Kind.ClockMoved => new ClockMoved(from.OneOf<MarketStatus>(), from.Signed(), new Timestamp(from.Signed()), from.Fixed64()),
        Kind.PriceMoved => new PriceMoved(from.Signed(), new Coins(from.Signed())),
        Kind.TalkHeard => new TalkHeard((int)from.Signed()),
        _ => throw new CorruptBytesException("No message has this kind", from.Offset - 1),
    };
}
