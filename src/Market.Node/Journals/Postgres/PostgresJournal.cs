using System.Runtime.InteropServices;
using Market.Actors.Journal;
using Market.Protocol.Values;
using Npgsql;

namespace Market.Node.Journals.Postgres;

/// <summary>
/// The journal that several nodes share. Any number of instances may work on one schema, each on one thread; nobody locks anybody out. Who owns a stream
/// is for others to agree on, and the fence holds when they are wrong: an instance appends only at an end that it has read, and the key of the turn there
/// can be taken once, so of two owners the second has a conflict and keeps nothing.
/// Failure policy: a lost connection is opened again at the next use, and only after whatever the lost one was doing has ended. So what is read after a
/// failed append is what it came to: all of its turns or none, for good.
/// </summary>
public sealed class PostgresJournal : IJournal
{
    private readonly PostgresOptions _options;
    private readonly NpgsqlDataSource _source;
    private readonly ILogger? _logger;

    /// <summary>Ends that were read or written by this instance. Another may have gone on from there; then the key says so.</summary>
    private readonly Dictionary<StreamId, long> _next = [];

    private PostgresConnection? _connection;
    private PostgresWriter? _writer;
    private PostgresReader? _reader;

    /// <summary>Who worked for the last connection.</summary>
    private Backend? _before;

    private PostgresJournal(PostgresOptions options, ILogger? logger)
    {
        _options = options;
        _logger = logger;
        _source = options.Source();
    }

    /// <summary>Opens a journal whose schema is there and current: <see cref="PostgresSchema.Migrate(PostgresOptions, string?)"/>.</summary>
    /// <exception cref="JournalUnavailableException">The database cannot be reached, does not promise what a journal needs, or has no or an older schema.</exception>
    /// <exception cref="JournalCorruptException">The schema is newer than this program.</exception>
    /// <exception cref="ArgumentException">The connection string or the schema's name is none.</exception>
    public static PostgresJournal Open(PostgresOptions options, ILogger? logger = null)
    {
        var journal = new PostgresJournal(options, logger);
        try
        {
            journal.Ask(_ => true);
            return journal;
        }
        catch
        {
            journal.Dispose();
            throw;
        }
    }

    public void Append(ReadOnlySpan<JournaledTurn> turns)
    {
        if (turns.IsEmpty) { return; }
        try
        {
            Connect();
            RequireNext(turns);
            if (!_writer!.TryAppend(turns)) { throw Overtaken(turns); }
        }
        catch (Exception failed) when (PostgresErrors.Known(failed))
        {
            throw Abandon(failed);
        }
        foreach (ref readonly var turn in turns) { _next[turn.Stream] = turn.NextSequence; }
    }

    public void Probe() => Tell(writer => writer.Probe());

    public IEnumerable<JournaledTurn> Read(IReadOnlyDictionary<StreamId, long> fromSequence)
    {
        Ask(_ => true); // what this instance has lost sight of is settled before it is read
        using var reading = new PostgresReading(_source, _options.Place);
        foreach (var (stream, from) in fromSequence.OrderBy(one => one.Key.Market.Value, StringComparer.Ordinal).ThenBy(one => one.Key.Shard))
        {
            reading.Open(stream, from);
            while (reading.Next(stream, out var turn)) { yield return turn; }
        }
    }

    public IReadOnlyList<StreamId> Streams() => Ask(reader => reader.Streams());

    /// <exception cref="JournalCorruptException">The stream ends before what its snapshot has seen: turns are missing.</exception>
    public Snapshot? LatestSnapshot(StreamId stream)
    {
        if (Ask(reader => reader.Snapshot(stream)) is not var (snapshot, checksum)) { return null; }
        if (PostgresWriter.Checksum(snapshot) != checksum)
        {
            _logger?.LogWarning("The snapshot of {Stream} is damaged; its journal is read from the start instead", stream);
            Tell(writer => writer.Remove(stream, checksum));
            return null;
        }
        if (Ask(reader => reader.End(stream)) is var end && snapshot.NextSequence > end)
        {
            throw new JournalCorruptException($"{_options.Place} is damaged; restore it from a copy: its snapshot of {stream} has seen event {snapshot.NextSequence - 1}, but its turns end before {end}.");
        }
        return snapshot;
    }

    public void Save(IReadOnlyList<Snapshot> snapshots)
    {
        if (snapshots.Count == 0) { return; }
        foreach (var snapshot in snapshots)
        {
            if (snapshot.NextSequence <= _next.GetValueOrDefault(snapshot.Stream, 1)) { continue; }
            Invariant.Require(snapshot.NextSequence <= Ask(reader => reader.End(snapshot.Stream)), "A snapshot is of what was journaled.");
        }
        Tell(writer => writer.Save(snapshots));
    }

    public void Dispose()
    {
        Disconnect();
        _source.Dispose();
    }

    /// <summary>An end that is not where the caller says is read once more before it is a conflict: another instance may have gone on from there.</summary>
    private void RequireNext(ReadOnlySpan<JournaledTurn> turns)
    {
        var ends = new Dictionary<StreamId, long>(turns.Length);
        foreach (ref readonly var turn in turns)
        {
            ref var next = ref CollectionsMarshal.GetValueRefOrAddDefault(ends, turn.Stream, out var seen);
            if (!seen && !(_next.TryGetValue(turn.Stream, out next) && next == turn.FirstSequence)) { next = _next[turn.Stream] = _reader!.End(turn.Stream); }
            if (next != turn.FirstSequence)
            {
                throw new JournalConflictException(turn.Stream, $"{turn.Stream}: event {turn.FirstSequence} was offered where {next} comes next; another owner wrote.");
            }
            next = turn.NextSequence;
        }
    }

    /// <summary>Another instance has gone on from where this one had read last: its ends are read anew, to say of which stream.</summary>
    /// <exception cref="JournalConflictException">Always, but where turns were removed by hand at that very moment.</exception>
    private JournalUnavailableException Overtaken(ReadOnlySpan<JournaledTurn> turns)
    {
        _next.Clear();
        RequireNext(turns);
        return new JournalUnavailableException($"{_options.Place} had a turn where one was to be added, and has it no more: find out who removes turns.");
    }

    private void Connect()
    {
        if (_connection is not null) { return; }
        _connection = PostgresConnection.Open(_source, _options, _before);
        _before = _connection.Backend;
        _reader = new PostgresReader(_connection.Raw);
        _writer = new PostgresWriter(_connection.Raw);
    }

    private void Tell(Action<PostgresWriter> what)
    {
        try
        {
            Connect();
            what(_writer!);
        }
        catch (Exception failed) when (PostgresErrors.Known(failed))
        {
            throw Abandon(failed);
        }
    }

    private T Ask<T>(Func<PostgresReader, T> what)
    {
        try
        {
            Connect();
            return what(_reader!);
        }
        catch (Exception failed) when (PostgresErrors.Known(failed))
        {
            throw Abandon(failed);
        }
    }

    /// <summary>Lets go of the connection and of every end that was read through it.</summary>
    private Exception Abandon(Exception failed)
    {
        _logger?.LogDebug(failed, "The journal's connection is given up");
        _next.Clear();
        Disconnect();
        return PostgresErrors.Of(failed, _options.Place);
    }

    private void Disconnect()
    {
        _writer?.Dispose();
        _connection?.Dispose();
        (_connection, _reader, _writer) = (null, null, null);
    }
}
