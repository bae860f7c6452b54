namespace Market.Actors.Journal;

/// <summary>Another owner has written to a stream: its shard must stop here. Nothing of the append was kept.</summary>
public sealed class JournalConflictException : Exception
{
    /// <param name="stream">Which one.</param>
    public JournalConflictException(StreamId stream, string message) : base(message) => Stream = stream;

    public JournalConflictException(string message) : base(message) { }

    public JournalConflictException() { }

    public JournalConflictException(string message, Exception inner) : base(message, inner) { }

    /// <summary>The stream of which another owner wrote; null when the journal does not say.</summary>
    public StreamId? Stream { get; }
}

/// <summary>The store cannot be read or written now. The message says what to do about it.</summary>
public sealed class JournalUnavailableException : Exception
{
    public JournalUnavailableException(string message) : base(message) { }

    public JournalUnavailableException() { }

    public JournalUnavailableException(string message, Exception inner) : base(message, inner) { }
}

/// <summary>What was kept is not what was written. The message says where.</summary>
public sealed class JournalCorruptException : Exception
{
    public JournalCorruptException(string message) : base(message) { }

    public JournalCorruptException() { }

    public JournalCorruptException(string message, Exception inner) : base(message, inner) { }
}
