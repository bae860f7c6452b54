using Market.Actors.Answers;
using Market.Protocol.Messages;
using Market.Protocol.Values;

namespace Market.Actors.Mailboxes;

/// <summary>
/// One thing in a mailbox: a trader's command (the hot path, nothing allocated), or a body: a request, messages of another shard, an acknowledgement.
/// </summary>
public readonly struct Envelope
{
    /// <summary>Whom the command is for; null when there is a <see cref="Body"/>.</summary>
    public TraderKey? Trader { get; init; }
    public TraderCommand Command { get; init; }

    /// <summary>Where the command's answer goes.</summary>
    public IAnswerTo<Result>? AnswerTo { get; init; }

    /// <summary>The sender's own mark, given back with the answer.</summary>
    public long Tag { get; init; }

    /// <summary>A <see cref="Request"/>, a <see cref="LinkBatch"/> or a <see cref="LinkAcknowledgement"/>.</summary>
    public object? Body { get; init; }
}

/// <summary>Messages of one shard to another, numbered without gaps from <paramref name="FirstNumber"/>.</summary>
public sealed record LinkBatch(int FromShard, long FirstNumber, IReadOnlyList<ActorMessage> Messages);

/// <summary>A shard has durably handled another's messages, up to and with a number.</summary>
public sealed record LinkAcknowledgement(int FromShard, long UpTo);
