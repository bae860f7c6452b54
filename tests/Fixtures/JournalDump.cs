using Market.Actors.Journal;
using Market.Protocol.Messages;
using Market.Protocol.Values;
using Market.Protocol.Wire;

namespace Market.Fixtures;

/// <summary>A journal for people: every turn in order, every event with its number, its bytes and what they mean; then the snapshots.</summary>
public sealed class JournalDump : IEventFold
{
    private readonly List<string> _lines = [];
    private long _sequence;

    public static string Of(IJournal journal)
    {
        var dump = new JournalDump();
        foreach (var turn in journal.Read(journal.Streams().ToDictionary(stream => stream, _ => 1L))) { dump.Add(turn); }
        foreach (var stream in journal.Streams())
        {
            if (journal.LatestSnapshot(stream) is { } snapshot)
            {
                dump._lines.Add($"{stream} snapshot before event {snapshot.NextSequence}, {snapshot.Bytes.Length} bytes");
                dump._lines.Add("  " + Convert.ToHexStringLower(snapshot.Bytes.Span));
            }
        }
        return string.Join('\n', dump._lines) + "\n";
    }

    private void Add(in JournaledTurn turn)
    {
        var header = TurnFormat.Open(turn.Bytes.Span);
        _lines.Add($"{turn.Stream} {header.Count} event(s) from {header.FirstSequence} at {header.Time}, checksum {header.Checksum:x8} after {header.Before:x8}");
        _lines.Add("  " + Convert.ToHexStringLower(turn.Bytes.Span[..TurnFormat.HeaderLength]));
        _sequence = turn.FirstSequence;
        EventReader.Read(turn.Bytes.Span[TurnFormat.HeaderLength..], header.Count, header.Time, this);
    }

    public void On(int slot, in TraderEvent happened, ReadOnlySpan<char> txnId, Timestamp time)
    {
        var to = new BytesWriter();
        EventWriter.Write(to, slot, happened, txnId);
        Add(to, $"slot {slot} {txnId} {happened}");
    }

    public void On(MarketEvent happened, Timestamp time)
    {
        var to = new BytesWriter();
        EventWriter.Write(to, happened);
        Add(to, $"{happened}");
    }

    private void Add(BytesWriter bytes, string meaning)
    {
        _lines.Add($"  {_sequence++}: {meaning}");
        _lines.Add("     " + Convert.ToHexStringLower(bytes.Written));
    }
}
