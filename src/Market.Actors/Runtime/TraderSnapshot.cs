using Market.Actors.Traders;
using Market.Protocol.Messages;
using Market.Protocol.Values;
using Market.Protocol.Wire;

namespace Market.Actors.Runtime;

/// <summary>One trader in a snapshot: key, state, and the answers it is remembered to have had.</summary>
internal static class TraderSnapshot
{
    public static void Write(BytesWriter to, in TraderEntry entry)
    {
        EventWriter.Write(to, entry.Key);
        WriteState(to, entry.State);
        var count = entry.Answers?.Count ?? 0;
        to.Unsigned((uint)count);
        for (var i = 0; i < count; i++)
        {
            var (id, answer) = entry.Answers!.At(i);
            to.Fixed64(id);
            to.Fixed64(answer.IdCheck);
            to.Byte((byte)answer.Command);
            to.Byte((byte)answer.Status);
            to.Signed(answer.Amount);
            to.Signed(answer.Price.Micro);
            WriteState(to, answer.State);
        }
    }

    public static void Read(ref BytesReader from, TraderTable into, int rememberedAnswers)
    {
        var key = EventReader.ReadTrader(ref from);
        var slot = into.Count;
        into.Add(key, ReadState(ref from));
        var count = from.Count();
        var ring = count == 0 || rememberedAnswers == 0 ? null : new AnswerRing(rememberedAnswers);
        for (var i = 0; i < count; i++)
        {
            var (id, check) = (from.Fixed64(), from.Fixed64());
            var answer = new RememberedAnswer(
                check, from.OneOf<CommandType>(), from.OneOf<Status>(), from.Signed(), new Coins(from.Signed()), ReadState(ref from));
            ring?.Remember(id, answer);
        }
        into[slot].Answers = ring;
    }

    private static void WriteState(BytesWriter to, in TraderState state)
    {
        to.Signed(state.Coins.Micro);
        to.Signed(state.Shares);
        to.Signed(state.FedMonkeys);
        to.Signed(state.Bailouts);
        to.Signed(state.InFlightInvestments);
        to.Signed(state.Time.UnixMs);
    }

    private static TraderState ReadState(ref BytesReader from) => new(
        new Coins(from.Signed()), from.Signed(), from.Signed(), (int)from.Signed(), (int)from.Signed(), new Timestamp(from.Signed()));
}
