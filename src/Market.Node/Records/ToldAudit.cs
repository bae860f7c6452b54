using System.Text.Json;
using Market.Actors.Journal;
using Market.Actors.Traders;
using Market.Protocol.Messages;
using Market.Protocol.Values;
using Market.Protocol.Wire;
using Market.Protocol.Wire.Json;

namespace Market.Node.Records;

/// <summary>
/// Holds what clients were told against what the journal says. What was told must be there with the same status and state; a txnId that was
/// answered again long after may be there twice, and either answer will do.
/// </summary>
internal sealed class ToldAudit(IEnumerable<ToldAnswer> told)
{
    private readonly ILookup<ToldKey, ToldAnswer> _told = told.ToLookup(answer => answer.Key);
    private readonly HashSet<ToldAnswer> _kept = new(ReferenceEqualityComparer.Instance);
    private readonly Dictionary<ToldKey, string> _otherwise = [];

    /// <summary>Answers that the journal has as they were told.</summary>
    public int Kept => _kept.Count;

    /// <exception cref="JournalCorruptException">It is not sound; the message says where.</exception>
    public void Read(IJournal journal, CancellationToken cancel)
    {
        var markets = _told.Select(answers => answers.Key.Market).ToHashSet();
        var replays = journal.Streams().Where(stream => markets.Contains(stream.Market)).ToDictionary(stream => stream, stream => new StreamReplay(stream, new Fold(this, stream.Market)));
        foreach (var turn in journal.Read(replays.ToDictionary(replay => replay.Key, _ => 1L)))
        {
            cancel.ThrowIfCancellationRequested();
            replays[turn.Stream].Turn(turn);
        }
    }

    /// <summary>What the journal has not, or otherwise, in the order of the file.</summary>
    public IEnumerable<ToldAnswer> Missing() =>
        _told.SelectMany(answers => answers).Where(answer => answer.IsKept && !_kept.Contains(answer)).OrderBy(answer => answer.Line);

    /// <summary>What the journal has in place of a missing answer.</summary>
    public string Instead(ToldAnswer missing) => _otherwise.TryGetValue(missing.Key, out var other) ? $"the journal has {other}" : "the journal has no answer to it";

    private void Happened(in ToldKey key, Status status, in TraderState state)
    {
        if (!_told.Contains(key)) { return; }
        var now = state;
        var json = ExportJournal.Json(writer => MessageWriter.Write(writer, now));
        using var kept = JsonDocument.Parse(json);
        foreach (var answer in _told[key])
        {
            if (answer.Status == status.Name() && answer.State.ValueKind is JsonValueKind.Object && IsSame(answer.State, kept.RootElement)) { _kept.Add(answer); }
        }
        _otherwise[key] = $"{status.Name()} {json}";
    }

    /// <summary>The score follows from the rest, and the door over AMQP does not tell it.</summary>
    private static bool IsSame(JsonElement told, JsonElement kept) =>
        told.EnumerateObject().All(field => kept.TryGetProperty(field.Name, out _))
        && kept.EnumerateObject().All(field => told.TryGetProperty(field.Name, out var value) ? JsonElement.DeepEquals(value, field.Value) : field.NameEquals("score"));

    /// <summary>One shard's traders, as they were after each event.</summary>
    private sealed class Fold(ToldAudit audit, MarketId market) : IEventFold
    {
        private readonly List<(TraderKey Key, TraderState State)> _traders = [];

        public void On(int slot, in TraderEvent happened, ReadOnlySpan<char> txnId, Timestamp time)
        {
            var (trader, before) = _traders[slot];
            var state = TraderEvolution.Evolve(before, happened, time);
            _traders[slot] = (trader, state);
            var type = happened.IsAnswer ? Result.TypeOf(happened.Command) : ResultType.Return;
            var key = new ToldKey(market, trader, txnId.ToString(), type.ToString().ToUpperInvariant());
            audit.Happened(key, happened.Status, state);
            if (happened.BailedOut) { audit.Happened(key with { Type = "BAILOUT" }, Status.Accepted, state); }
        }

        public void On(MarketEvent happened, Timestamp time)
        {
            if (happened is TraderJoined joined) { _traders.Add((joined.Trader, TraderState.Initial(time))); }
        }
    }
}
