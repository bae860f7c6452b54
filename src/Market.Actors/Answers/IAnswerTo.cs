namespace Market.Actors.Answers;

/// <summary>Why no answer can be given now. The command was perhaps done, perhaps not: send it again with the same txnId.</summary>
public enum FailureKind : byte
{
    /// <summary>The journal cannot be written; it goes on by itself when it can.</summary>
    JournalUnavailable = 1,

    /// <summary>The shard's mailbox is full.</summary>
    Overloaded = 2,

    /// <summary>The shard stopped because something that must hold did not.</summary>
    ShardStopped = 3,

    /// <summary>Handling this very command failed; it was kept as a dead letter and nothing changed.</summary>
    Fault = 4,

    /// <summary>The node is going down.</summary>
    Stopping = 5,

    /// <summary>The shard lives on another node, and cannot be reached or did not answer in time.</summary>
    Unreachable = 6,
}

/// <param name="Message">For people: what happened and what to do.</param>
public sealed record Failure(FailureKind Kind, string Message);

/// <summary>
/// The address an answer goes to. An implementer is called on the shard's own thread, exactly once for each tag, in the order of the
/// commands, and only after what the answer says is durable. It must be quick, must not block and must not throw.
/// </summary>
public interface IAnswerTo<TAnswer>
{
    void Answer(long tag, in TAnswer answer);

    void Fail(long tag, Failure failure);
}
