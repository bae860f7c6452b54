using Market.Actors.Mailboxes;
using Market.Protocol.Messages;
using Market.Protocol.Values;

namespace Market.Actors.Cluster;

/// <summary>What stands in a shard's queue: for whichever node owns the shard when it is handled. May come twice; never comes to nobody.</summary>
public abstract record ShardMail;

/// <summary>Commands that one door gathered for one shard, in the order they were told.</summary>
/// <param name="Door">Where the answers are waited for.</param>
/// <param name="Beat">The last of the door's own notices that it had heard when it gathered them: from that their age is told, see <see cref="Beats"/>.</param>
public sealed record CommandMail(string Door, long Beat, IReadOnlyList<TicketedCommand> Commands) : ShardMail
{
    /// <summary>Whose they are, one for each.</summary>
    public IReadOnlyCollection<TraderKey> Traders => [.. Commands.Select(command => command.Trader)];
}

/// <param name="Ticket">Given back with the answer; the door knows whose it is.</param>
/// <param name="TraceParent">Of a command whose way is followed, as <see cref="Answers.ITraced"/> has it; null of most.</param>
public readonly record struct TicketedCommand(long Ticket, TraderKey Trader, TraderCommand Command, string? TraceParent = null);

/// <summary>Something asked of an actor that is not a trader's command.</summary>
/// <param name="Id">The asking's own, so that it has one effect and one answer however often it comes; never 0.</param>
public sealed record RequestMail(string Door, long Ticket, ulong Id, Asked What) : ShardMail;

/// <summary>Messages of another shard.</summary>
public sealed record LinkMail(LinkBatch Batch) : ShardMail;

/// <summary>Another shard has handled this one's messages.</summary>
public sealed record AcknowledgementMail(LinkAcknowledgement Acknowledgement) : ShardMail;

/// <summary>Nothing but: whoever gets this owns the shard. So a shard that nobody writes to wakes, and keeps its timers.</summary>
/// <param name="Node">Who sent it.</param>
public sealed record ClaimMail(string Node) : ShardMail;

/// <summary>A request without the address of its answer.</summary>
public abstract record Asked;

public sealed record AskedJoin(TraderKey Trader) : Asked;

public sealed record AskedPost(string Author, string Text, string Source) : Asked;

public sealed record AskedOpen(ulong Seed) : Asked;

public sealed record AskedMove(MarketAction Action) : Asked;
