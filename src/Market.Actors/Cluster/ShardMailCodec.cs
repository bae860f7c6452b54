using Market.Actors.Answers;
using Market.Actors.Mailboxes;
using Market.Protocol.Messages;
using Market.Protocol.Values;
using Market.Protocol.Wire;

namespace Market.Actors.Cluster;

/// <summary>
/// Mail of shards to bytes and back: a version, a kind, and then by kind. Nodes of one cluster may run different releases while it is being
/// renewed, so a mail of an unknown version or kind is refused by its reader and waits for a node that knows it.
/// </summary>
public static class ShardMailCodec
{
    private const byte Version = 2;

    /// <summary>What follows a command.</summary>
    [Flags]
    private enum Mark : byte
    {
        None = 0,
        SentAt = 1,
        Traced = 2,
    }

    private enum Kind : byte
    {
        Commands = 1,
        Request = 2,
        Link = 3,
        Acknowledgement = 4,
        Claim = 5,
    }

    private enum AskedKind : byte
    {
        Join = 1,
        Post = 2,
        Open = 3,
        Move = 4,
    }

    public static void Write(BytesWriter to, ShardMail mail)
    {
        to.Byte(Version);
        switch (mail)
        {
            case CommandMail m: to.Byte((byte)Kind.Commands); Write(to, m); break;
            case RequestMail m: to.Byte((byte)Kind.Request); to.Text(m.Door); to.Signed(m.Ticket); to.Fixed64(m.Id); Write(to, m.What); break;
            case LinkMail m: to.Byte((byte)Kind.Link); Write(to, m.Batch); break;
            case AcknowledgementMail m: to.Byte((byte)Kind.Acknowledgement); to.Unsigned((uint)m.Acknowledgement.FromShard); to.Signed(m.Acknowledgement.UpTo); break;
            case ClaimMail m: to.Byte((byte)Kind.Claim); to.Text(m.Node); break;
            default: throw new InvariantBrokenException($"{mail.GetType().Name} has no binary form.");
        }
    }

    /// <exception cref="CorruptBytesException">Not a mail, or one of a later version.</exception>
    public static ShardMail Read(ReadOnlySpan<byte> bytes)
    {
        var from = new BytesReader(bytes);
        if (from.Byte() != Version) { throw new CorruptBytesException("Mail of another version", 0); }
        ShardMail mail = (Kind)from.Byte() switch
        {
            Kind.Commands => ReadCommands(ref from),
            Kind.Request => new RequestMail(from.Text(), from.Signed(), from.Fixed64(), ReadAsked(ref from)),
            Kind.Link => ReadLink(ref from),
            Kind.Acknowledgement => new AcknowledgementMail(new LinkAcknowledgement(from.Count(), from.Signed())),
            Kind.Claim => new ClaimMail(from.Text()),
            _ => throw new CorruptBytesException("No mail has this kind", from.Offset - 1),
        };
        return from.AtEnd ? mail : throw new CorruptBytesException("More bytes than the mail has", from.Offset);
    }

    private static void Write(BytesWriter to, CommandMail mail)
    {
        to.Text(mail.Door);
        to.Signed(mail.Beat);
        to.Unsigned((uint)mail.Commands.Count);
        foreach (var (ticket, trader, command, trace) in mail.Commands)
        {
            to.Signed(ticket);
            EventWriter.Write(to, trader);
            to.Byte((byte)command.Type);
            to.Text(command.TxnId);
            to.Signed(command.Amount);
            to.Byte((byte)((command.SentAt is null ? Mark.None : Mark.SentAt) | (trace is null ? Mark.None : Mark.Traced)));
            if (command.SentAt is { } sentAt) { to.Signed(sentAt.UnixMs); }
            if (trace is not null) { to.Text(trace); }
        }
    }

    private static CommandMail ReadCommands(ref BytesReader from)
    {
        var (door, beat) = (from.Text(), from.Signed());
        var commands = new TicketedCommand[from.CountOf(6)];
        for (var i = 0; i < commands.Length; i++)
        {
            var ticket = from.Signed();
            var trader = EventReader.ReadTrader(ref from);
            var (type, txnId, amount, marks) = (from.OneOf<CommandType>(), from.Text(), from.Signed(), (Mark)from.Byte());
            if (marks > (Mark.SentAt | Mark.Traced)) { throw new CorruptBytesException("No command has this mark", from.Offset - 1); }
            Timestamp? sentAt = marks.HasFlag(Mark.SentAt) ? new Timestamp(from.Signed()) : null;
            commands[i] = new TicketedCommand(ticket, trader, new TraderCommand(type, txnId, amount, sentAt), marks.HasFlag(Mark.Traced) ? ReadTrace(ref from) : null);
        }
        return new CommandMail(door, beat, commands);
    }

    private static string ReadTrace(ref BytesReader from)
    {
        var trace = from.Text();
        return trace.Length == ITraced.TraceParentLength ? trace : throw new CorruptBytesException("No trace is so long", from.Offset);
    }

    private static void Write(BytesWriter to, LinkBatch batch)
    {
        to.Unsigned((uint)batch.FromShard);
        to.Signed(batch.FirstNumber);
        to.Unsigned((uint)batch.Messages.Count);
        foreach (var message in batch.Messages) { MessageCodec.Write(to, message); }
    }

    private static LinkMail ReadLink(ref BytesReader from)
    {
        var (shard, first) = (from.Count(), from.Signed());
        var messages = new ActorMessage[from.CountOf(2)];
        for (var i = 0; i < messages.Length; i++) { messages[i] = MessageCodec.Read(ref from); }
        return new LinkMail(new LinkBatch(shard, first, messages));
    }

    private static void Write(BytesWriter to, Asked what)
    {
        switch (what)
        {
            case AskedJoin a: to.Byte((byte)AskedKind.Join); EventWriter.Write(to, a.Trader); break;
            case AskedPost a: to.Byte((byte)AskedKind.Post); to.Text(a.Author); to.Text(a.Text); to.Text(a.Source); break;
            case AskedOpen a: to.Byte((byte)AskedKind.Open); to.Fixed64(a.Seed); break;
            case AskedMove a: to.Byte((byte)AskedKind.Move); to.Byte((byte)a.Action); break;
            default: throw new InvariantBrokenException($"{what.GetType().Name} has no binary form.");
        }
    }

    private static Asked ReadAsked(ref BytesReader from) => (AskedKind)from.Byte() switch
    {
        AskedKind.Join => new AskedJoin(EventReader.ReadTrader(ref from)),
        AskedKind.Post => new AskedPost(from.Text(), from.Text(), from.Text()),
        AskedKind.Open => new AskedOpen(from.Fixed64()),
        AskedKind.Move => new AskedMove(from.OneOf<MarketAction>()),
        _ => throw new CorruptBytesException("No request has this kind", from.Offset - 1),
    };
}
