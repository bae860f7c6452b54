using Market.Actors.Audit;
using Market.Actors.Journal;
using Market.Actors.Runtime;
using Market.Node.Hosting;

namespace Market.Node.Inspection;

/// <summary>
/// Audits this node's journal while it goes on, one audit at a time, on a thread of its own and up to where it had come. It holds what the market's
/// shards hold, once more.
/// </summary>
public sealed class AuditDesk(MarketNode node, Membership members, Func<IJournal> open, IHostApplicationLifetime lifetime, ILogger<AuditDesk> logger)
{
    /// <summary>Findings told; the rest is counted.</summary>
    private const int First = 20;

    private readonly Lock _gate = new();
    private bool _running;
    private long _checked;
    private IReadOnlyList<ShownReport> _reports = [];
    private string? _failed;

    /// <summary>How the last audit stands.</summary>
    public ShownAudit Now
    {
        get { lock (_gate) { return new ShownAudit(members.Self, _running, Interlocked.Read(ref _checked), _reports, _failed); } }
    }

    /// <summary>Begins one, unless one is running.</summary>
    public void Begin()
    {
        lock (_gate)
        {
            if (_running) { return; }
            (_running, _reports, _failed) = (true, [], null);
            Interlocked.Exchange(ref _checked, 0);
        }
        _ = Task.Run(Run);
    }

    private void Run()
    {
        var reports = new List<ShownReport>();
        string? failed = null;
        try
        {
            using var journal = open();
            foreach (var market in node.Markets.Values) { reports.Add(Report(journal, market)); }
        }
        catch (Exception wrong) when (wrong is JournalUnavailableException or JournalCorruptException or OperationCanceledException)
        {
            failed = wrong.Message;
        }
        catch (Exception fault)
        {
            logger.LogError(fault, "An audit failed");
            failed = fault.Message;
        }
        lock (_gate) { (_running, _reports, _failed) = (false, reports, failed); }
    }

    private ShownReport Report(IJournal journal, RunningMarket market)
    {
        var before = Interlocked.Read(ref _checked);
        var audit = new JournalAudit(journal, RulesCodec.OfJournal(journal, market.Rules) ?? market.Rules)
        {
            Progress = events =>
            {
                lifetime.ApplicationStopping.ThrowIfCancellationRequested();
                Interlocked.Exchange(ref _checked, before + events);
            },
        };
        var report = audit.Run();
        Interlocked.Exchange(ref _checked, before + report.Events);
        return new ShownReport(
            report.Market.Value, report.Holds, report.Turns, report.Events, report.Traders, report.Findings.Checks.Sum(), report.Findings.Count,
            [.. report.Findings.Kept.Take(First).Select(finding => $"{finding.Stream} event {finding.Sequence}: {finding.What}")]);
    }
}
