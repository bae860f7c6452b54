using Market.Actors.Journal;
using Market.Actors.Laboratory;
using Market.Node.Journals.Sqlite;

namespace Market.Node.Laboratory;

/// <summary>
/// A run's journal, kept as a node keeps its own. Turns wait in memory while pits are stepped and are appended together after each step, in the
/// order of the shards: what a shard heard of another is after what the other said.
/// </summary>
public sealed class KeptJournal : IDisposable
{
    private readonly SqliteJournal _journal;
    private readonly SortedDictionary<int, Turns> _waiting = [];
    private readonly List<JournaledTurn> _batch = [];

    /// <param name="folder">Without a journal.</param>
    /// <exception cref="JournalUnavailableException">There is one, or none can be written.</exception>
    public KeptJournal(string folder)
    {
        if (Path.Exists(Path.Combine(folder, "journal.db"))) { throw new JournalUnavailableException($"{folder} holds a journal, which is not written over. Choose another folder."); }
        _journal = SqliteJournal.Open(folder);
    }

    /// <summary>Who keeps a pit's turns. Asked for each stream before the run.</summary>
    public IPitWitness Of(StreamId stream) => _waiting[stream.Shard] = new Turns();

    /// <exception cref="JournalUnavailableException">The disk is full, or gone.</exception>
    public void Flush()
    {
        _batch.Clear();
        foreach (var turns in _waiting.Values) { turns.MoveTo(_batch); }
        if (_batch.Count > 0) { _journal.Append(System.Runtime.InteropServices.CollectionsMarshal.AsSpan(_batch)); }
    }

    public void Dispose() => _journal.Dispose();

    private sealed class Turns : IPitWitness
    {
        private readonly List<JournaledTurn> _turns = [];

        public void Took(in JournaledTurn turn) => _turns.Add(turn with { Bytes = turn.Bytes.ToArray() });

        public void MoveTo(List<JournaledTurn> batch)
        {
            batch.AddRange(_turns);
            _turns.Clear();
        }
    }
}
