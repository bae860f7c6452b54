using Market.Actors.Journal;

namespace Market.Contracts;

/// <summary>A turn with its own copy of the bytes, equal to another by all it holds.</summary>
public sealed record KeptTurn(StreamId Stream, long FirstSequence, int Count, string Hex)
{
    public static KeptTurn Of(JournaledTurn turn) => new(turn.Stream, turn.FirstSequence, turn.Count, Convert.ToHexString(turn.Bytes.Span));

    public override string ToString() => $"{Stream} {FirstSequence}+{Count}: {Hex[..Math.Min(Hex.Length, 80)]}";
}

public static class KeptTurns
{
    /// <summary>All turns of these streams, or of all when none is named, each from its first event.</summary>
    public static List<KeptTurn> ReadAll(this IJournal journal, params StreamId[] streams) =>
        journal.ReadFrom((streams.Length == 0 ? journal.Streams() : streams).Select(stream => (stream, 1L)).ToArray());

    public static List<KeptTurn> ReadFrom(this IJournal journal, params (StreamId Stream, long From)[] from) =>
        journal.Read(from.ToDictionary(one => one.Stream, one => one.From)).Select(KeptTurn.Of).ToList();

    public static List<KeptTurn> Kept(this IEnumerable<JournaledTurn> turns) => turns.Select(KeptTurn.Of).ToList();

    /// <summary>Holds what was read against what was written, stream by stream: how turns of different streams stand to one another is no journal's promise.</summary>
    public static void ShouldHold(this IEnumerable<KeptTurn> read, IEnumerable<KeptTurn> written)
    {
        var wanted = written.GroupBy(turn => turn.Stream).ToDictionary(turns => turns.Key, turns => turns.ToList());
        var kept = read.GroupBy(turn => turn.Stream).ToDictionary(turns => turns.Key, turns => turns.ToList());
        kept.Keys.ShouldBe(wanted.Keys, ignoreOrder: true);
        foreach (var (stream, turns) in wanted) { kept[stream].SequenceEqual(turns).ShouldBeTrue($"{stream}: {kept[stream].Count} turns were read, {turns.Count} written."); }
    }
}
