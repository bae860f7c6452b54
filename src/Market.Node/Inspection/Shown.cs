using System.Text.Json;

namespace Market.Node.Inspection;

// What an organiser is shown of a node, as it is written: JSON with these fields, those that are null left out.

/// <summary>A node as another hears of it.</summary>
/// <param name="Shards">Those it owns, e.g. <c>banana/3</c>.</param>
public sealed record ShownMember(string Node, string Http, bool Able, IReadOnlyList<string> Shards);

/// <summary>The cluster as one node sees it.</summary>
/// <param name="Alone">Whether the node is part of none: then it is its only member.</param>
/// <param name="Away">Why it has no part in its cluster now.</param>
/// <param name="Unowned">Shards that no member says it owns.</param>
public sealed record ShownCluster(string Node, bool Alone, IReadOnlyList<ShownMember> Members, IReadOnlyList<string> Unowned, string? Away = null);

/// <param name="Down">Why the journal cannot be written.</param>
/// <param name="Waiting">Envelopes in the mailboxes of its shards.</param>
public sealed record ShownNode(
    string Node, string Version, string Started, long UptimeMs, int Shards, int Stopped, long Waiting, long DeadLetters, long MemoryBytes, long HeapBytes,
    double CpuSeconds, string LogLevel, string? Down = null);

/// <param name="Waiting">Envelopes in this node's doors, not yet taken.</param>
public sealed record ShownRegion(string Market, string Status, int Shards, int Traders, long InFlight, long Waiting);

public sealed record ShownRegions(string Node, IReadOnlyList<ShownRegion> Regions);

/// <param name="Sequence">The number of its next event.</param>
/// <param name="Owed">Messages that other shards have not acknowledged.</param>
/// <param name="Actors">Of which a market has one, that live here.</param>
/// <param name="Why">It stopped.</param>
public sealed record ShownShard(
    string Path, string Node, string Status, long Sequence = 0, int Traders = 0, int Waiting = 0, int Capacity = 0, int Owed = 0, string? Time = null,
    IReadOnlyList<string>? Actors = null, string? Why = null);

/// <param name="UptimeMs">When it was looked at, by the node's own clock: two looks give a rate.</param>
/// <param name="Next">Where the next page begins; null on the last.</param>
public sealed record ShownShards(string Node, long UptimeMs, int Count, IReadOnlyList<ShownShard> Shards, long? Next = null);

/// <param name="Children">How many there are below; null when that is not counted.</param>
public sealed record ShownChild(string Path, string Kind, long? Children = null, int? Shard = null, JsonElement? State = null);

public sealed record ShownChildren(string Path, IReadOnlyList<ShownChild> Actors, long? Next = null);

/// <param name="Sequence">The number of its shard's next event.</param>
/// <param name="Last">What it was told and answered last, newest last.</param>
/// <param name="MemoryBytes">About what its state takes; null when that is not known.</param>
public sealed record ShownActor(
    string Path, string Kind, string Node, string Shard, long Sequence, ShownMailbox Mailbox, JsonElement State, IReadOnlyList<JsonElement> Last, long? MemoryBytes = null);

/// <summary>A shard's mailbox, which its actors share.</summary>
public sealed record ShownMailbox(int Waiting, int Capacity);

/// <param name="Next">The number to go on from; null when there is no more.</param>
public sealed record ShownEvents(string Path, IReadOnlyList<JsonElement> Events, long? Next = null);

/// <summary>An event as the journal has it.</summary>
public sealed record ShownEvent(
    string Shard, long Seq, string Time, string Event, string? Trader = null, string? TxnId = null, decimal? Amount = null, decimal? Price = null, string? Status = null,
    string? Detail = null);

public sealed record ShownStream(string Shard, long NextSequence);

/// <param name="Appends">Since the node started, as all counts here.</param>
public sealed record ShownJournal(
    string Node, string Kind, bool Writable, long Appends, long Turns, long Events, long Bytes, long RecoveredEvents, IReadOnlyList<ShownStream> Streams, string? Down = null);

/// <param name="Checked">Events so far.</param>
/// <param name="Failed">Why there is no report.</param>
public sealed record ShownAudit(string Node, bool Running, long Checked, IReadOnlyList<ShownReport> Reports, string? Failed = null);

/// <param name="First">The first findings.</param>
public sealed record ShownReport(string Market, bool Holds, long Turns, long Events, int Traders, long Checks, long Findings, IReadOnlyList<string> First);

public sealed record ShownLogLine(long Number, string Time, string Level, string Category, string Text);

public sealed record ShownLog(string Node, IReadOnlyList<ShownLogLine> Lines, long Next);

public sealed record ShownLevel(string Node, string Level);

public sealed record ShownLetter(string Time, string Actor, string What, string Cause);

/// <param name="Count">All there ever were.</param>
public sealed record ShownLetters(string Node, long Count, IReadOnlyList<ShownLetter> Letters, long? Next = null);

public sealed record ShownLeaving(string Node, string Status);
