using Market.Actors.Answers;
using Market.Protocol.Messages;
using Market.Protocol.Values;
using Market.Protocol.Wire;

namespace Market.Actors.Cluster;

/// <summary>What a reply holds. The numbers are on the wire.</summary>
internal enum ReplyKind : byte
{
    Result = 1,
    Joined = 2,
    Gibb = 3,
    Moved = 4,
    Failure = 5,
}

/// <summary>Answers on their way back to one door: a version, then ticket, kind and answer, one after the other. <see cref="ReplyReader"/> reads the same order.</summary>
public sealed class ReplyWriter
{
    internal const byte Version = 1;

    private readonly BytesWriter _bytes = new();

    public ReplyWriter() => _bytes.Byte(Version);

    public ReadOnlyMemory<byte> Bytes => _bytes.WrittenMemory;

    public void Add(long ticket, in Result result)
    {
        Begin(ticket, ReplyKind.Result);
        _bytes.Text(result.TxnId);
        _bytes.Byte((byte)result.Type);
        _bytes.Byte((byte)result.Status);
        _bytes.Byte((byte)result.First);
        Optional(result.Price?.Micro);
        Optional(result.Amount?.Micro);
        _bytes.Flag(result.State is not null);
        if (result.State is { } state) { Write(state); }
    }

    public void Add(long ticket, in Joined joined)
    {
        Begin(ticket, ReplyKind.Joined);
        _bytes.Flag(joined.Taken);
        Write(joined.State);
    }

    public void Add(long ticket, Gibb gibb)
    {
        Begin(ticket, ReplyKind.Gibb);
        EventWriter.Write(_bytes, gibb);
    }

    public void Add(long ticket, in Moved moved)
    {
        Begin(ticket, ReplyKind.Moved);
        _bytes.Flag(moved.Done);
        _bytes.Byte((byte)moved.Status);
    }

    public void Add(long ticket, Failure failure)
    {
        Begin(ticket, ReplyKind.Failure);
        _bytes.Byte((byte)failure.Kind);
        _bytes.Text(failure.Message);
    }

    private void Begin(long ticket, ReplyKind kind)
    {
        _bytes.Signed(ticket);
        _bytes.Byte((byte)kind);
    }

    private void Optional(long? number)
    {
        _bytes.Flag(number is not null);
        if (number is { } there) { _bytes.Signed(there); }
    }

    private void Write(in TraderState state)
    {
        _bytes.Signed(state.Coins.Micro);
        _bytes.Signed(state.Shares);
        _bytes.Signed(state.FedMonkeys);
        _bytes.Signed(state.Bailouts);
        _bytes.Signed(state.InFlightInvestments);
        _bytes.Signed(state.Time.UnixMs);
    }
}
