using Market.Actors.Audit;
using Market.Actors.Journal;
using Market.Actors.Runtime;
using Market.Node.Journals.Sqlite;
using Market.Protocol.Values;

namespace Market.Node.Records;

/// <summary>What an examination of a journal found.</summary>
/// <param name="Damage">Of the file itself, in words.</param>
/// <param name="CutOff">What stands at the end of its log and is no commit: of a crash, or of damage that looks like one.</param>
/// <param name="Markets">An audit of each market whose beginning is sound.</param>
/// <param name="Unopened">Markets whose beginning is not, and why.</param>
public sealed record Examined(
    IReadOnlyList<string> Damage, IReadOnlyList<string> CutOff, IReadOnlyList<AuditReport> Markets, IReadOnlyList<(MarketId Market, string Why)> Unopened)
{
    /// <summary>Nothing is damaged and everything holds. What is cut off is no damage: a crash leaves it.</summary>
    public bool Holds => Damage.Count == 0 && Unopened.Count == 0 && Markets.All(market => market.Holds);

    /// <summary>Up to which event each stream is sound; 0 for none.</summary>
    public IEnumerable<(StreamId Stream, long SoundTo)> Streams =>
        Markets.SelectMany(report => report.NextSequence.Select((next, shard) => (new StreamId(report.Market, shard), next - 1)));
}

/// <summary>Holds a journal, its file and its markets, against what must always be true.</summary>
/// <param name="progress">Told now and then how many events of a market were checked.</param>
public sealed class JournalExamination(IJournal journal, Action<MarketId, long>? progress = null)
{
    /// <param name="only">Null for every market.</param>
    /// <exception cref="JournalUnavailableException">It cannot be read, or holds no such market.</exception>
    public Examined Run(MarketId? only)
    {
        var (damage, cutOff) = journal is SqliteJournal file ? file.Examine() : ([], []); // a database looks after its files itself
        var markets = journal.Streams().Select(stream => stream.Market).Distinct().Where(market => only is null || only == market).ToList();
        if (markets.Count == 0 && damage.Count == 0)
        {
            throw new JournalUnavailableException(only is { } one ? $"The journal knows no market {one}." : "The journal holds no market.");
        }
        var reports = new List<AuditReport>();
        var unopened = new List<(MarketId, string)>();
        foreach (var market in markets)
        {
            if (TryRules(journal, market, out var why) is { } rules) { reports.Add(Audit(rules)); }
            else { unopened.Add((market, why)); }
        }
        return new Examined(damage, cutOff, reports, unopened);
    }

    /// <summary>Null when the market's beginning, which holds its rules, is not sound.</summary>
    internal static MarketRules? TryRules(IJournal journal, MarketId market, out string why)
    {
        try
        {
            why = $"The journal of {market} does not begin with its opening.";
            return RulesCodec.OfJournal(journal, new MarketRules { Market = market });
        }
        catch (JournalCorruptException corrupt)
        {
            why = corrupt.Message;
            return null;
        }
    }

    private AuditReport Audit(MarketRules rules) =>
        new JournalAudit(journal, rules) { Progress = events => progress?.Invoke(rules.Market, events) }.Run();
}
