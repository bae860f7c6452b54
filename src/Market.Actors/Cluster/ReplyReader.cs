using Market.Actors.Answers;
using Market.Protocol.Messages;
using Market.Protocol.Values;
using Market.Protocol.Wire;

namespace Market.Actors.Cluster;

/// <summary>Hands the answers of a <see cref="ReplyWriter"/> to the door's desk.</summary>
public static class ReplyReader
{
    /// <exception cref="CorruptBytesException">Not replies; those before the fault were handed over.</exception>
    public static void Read(ReadOnlySpan<byte> bytes, DoorDesk desk)
    {
        var from = new BytesReader(bytes);
        if (from.Byte() != ReplyWriter.Version) { throw new CorruptBytesException("Replies of another version", 0); }
        while (!from.AtEnd)
        {
            var ticket = from.Signed();
            switch ((ReplyKind)from.Byte())
            {
                case ReplyKind.Result: desk.Answer(ticket, ReadResult(ref from)); break;
                case ReplyKind.Joined: desk.Answer(ticket, new Joined(from.Flag(), ReadState(ref from))); break;
                case ReplyKind.Gibb: desk.Answer(ticket, EventReader.ReadGibb(ref from)); break;
                case ReplyKind.Moved: desk.Answer(ticket, new Moved(from.Flag(), from.OneOf<MarketStatus>())); break;
                case ReplyKind.Failure: desk.Fail(ticket, new Failure(from.OneOf<FailureKind>(), from.Text())); break;
                default: throw new CorruptBytesException("No reply has this kind", from.Offset - 1);
            }
        }
    }

    private static Result ReadResult(ref BytesReader from) => new()
    {
        TxnId = from.Text(),
        Type = from.OneOf<ResultType>(),
        Status = from.OneOf<Status>(),
        First = from.OneOf<Status>(),
        Price = from.Flag() ? new Coins(from.Signed()) : null,
        Amount = from.Flag() ? new Coins(from.Signed()) : null,
        State = from.Flag() ? ReadState(ref from) : null,
    };

    private static TraderState ReadState(ref BytesReader from) => new(
        new Coins(from.Signed()), from.Signed(), from.Signed(), (int)from.Signed(), (int)from.Signed(), new Timestamp(from.Signed()));
}
