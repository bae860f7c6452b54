using Market.Actors.Journal;
using Market.Actors.Simulation;
using Market.Protocol.Messages;
using Market.Protocol.Values;
using Market.Protocol.Wire;

namespace Market.Simulation.Tests.Planted;

/// <summary>The board counts monkeys that were refused their food. The views are shown forged turns, in a chain of their own.</summary>
internal sealed class CountedRefusal : Saboteur
{
    public override IJournalFollower Follower(IJournalFollower sound) => new Forger(this, sound);

    private sealed class Forger(CountedRefusal saboteur, IJournalFollower sound) : IJournalFollower
    {
        private static readonly (long Next, uint Before) Nothing = (1, 0);
        private readonly Dictionary<StreamId, (long Next, uint Before)> _shown = [];

        public void Committed(in JournaledTurn turn)
        {
            var (next, before) = _shown.GetValueOrDefault(turn.Stream, Nothing);
            if (turn.NextSequence <= next) { return; }
            var header = TurnFormat.Open(turn.Bytes.Span);
            var forged = new Rewriter(saboteur);
            EventReader.Read(turn.Bytes.Span[TurnFormat.HeaderLength..], header.Count, header.Time, forged);
            before = TurnFormat.Seal(forged.Bytes.Patch(0, forged.Bytes.Length), header with { Before = before });
            _shown[turn.Stream] = (turn.NextSequence, before);
            sound.Committed(turn with { Bytes = forged.Bytes.WrittenMemory });
        }

        public void Save(StreamId stream, BytesWriter to) => sound.Save(stream, to);

        public void Restore(StreamId stream, long nextSequence, uint before, IEnumerable<(TraderKey Key, TraderState State)> traders, ref BytesReader history)
        {
            if (nextSequence > _shown.GetValueOrDefault(stream, Nothing).Next) { _shown[stream] = (nextSequence, before); }
            sound.Restore(stream, nextSequence, before, traders, ref history);
        }
    }

    private sealed class Rewriter : IEventFold
    {
        private readonly CountedRefusal _saboteur;

        public Rewriter(CountedRefusal saboteur)
        {
            _saboteur = saboteur;
            Bytes.Take(TurnFormat.HeaderLength);
        }

        public BytesWriter Bytes { get; } = new();

        public void On(int slot, in TraderEvent happened, ReadOnlySpan<char> txnId, Timestamp time)
        {
            var isOurs = happened is { Type: TraderEventType.Refused, Command: CommandType.Feed, Amount: < 100 };
            if (isOurs) { _saboteur.Struck++; }
            EventWriter.Write(Bytes, slot, isOurs ? happened with { Type = TraderEventType.Fed } : happened, txnId);
        }

        public void On(MarketEvent happened, Timestamp time) => EventWriter.Write(Bytes, happened);
    }
}
