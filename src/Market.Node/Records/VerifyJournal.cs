using System.Globalization;
using System.Text.Json;
using Market.Actors.Audit;
using Market.Actors.Journal;
using Market.Actors.Runtime;
using Market.Node.Cli;
using Market.Protocol.Values;
using Spectre.Console;

namespace Market.Node.Records;

/// <summary><c>verify</c>: holds a journal against the nine things that must always be true of a market.</summary>
public static class VerifyJournal
{
    /// <summary>What each check is about, by the number of the rules.</summary>
    private static readonly string[] Names =
    [
        "every turn is sound and continues the one before",
        "coins, shares and investments in flight are never negative",
        "coins are what the history gives, to the micro-coin",
        "shares are what the history gives",
        "one effect and one answer for each txnId",
        "every accepted investment returns once",
        "a snapshot and its tail give the state of a full replay",
        "the scoreboard is a function of the journal",
        "nothing was known before it was durable",
        "deciding everything again gives the same events",
    ];

    /// <returns>0 when all holds, 1 when something does not or nothing could be read.</returns>
    public static Task<int> RunAsync(VerifyOptions options, CancellationToken cancel) => Task.Run(() => Run(options, cancel), cancel);

    private static int Run(VerifyOptions options, CancellationToken cancel)
    {
        if (options.ToldFile is { } file) { return VerifyTold.Run(options, file, Console.Out, Console.Error, cancel); }
        try
        {
            using var journal = JournalToRead.Open(options.DataFolder, options.Cluster);
            var markets = Markets(journal, options.Market);
            var reports = markets.Select(market => Audit(journal, market, options.Json, cancel)).ToList();
            if (options.Json) { WriteJson(reports); }
            else { reports.ForEach(WriteText); }
            return reports.Count > 0 && reports.TrueForAll(report => report.Holds) ? ExitCode.Done : ExitCode.Failed;
        }
        catch (Exception unread) when (unread is JournalUnavailableException or JournalCorruptException)
        {
            Console.Error.WriteLine(unread.Message);
            return ExitCode.Failed;
        }
    }

    private static List<MarketId> Markets(IJournal journal, MarketId? only)
    {
        var markets = journal.Streams().Select(stream => stream.Market).Distinct().Where(market => only is null || only == market).ToList();
        if (markets.Count == 0)
        {
            throw new JournalUnavailableException(only is { } one ? $"The journal knows no market {one}." : "The journal holds no market.");
        }
        return markets;
    }

    private static AuditReport Audit(IJournal journal, MarketId market, bool quiet, CancellationToken cancel)
    {
        var rules = RulesCodec.OfJournal(journal, new MarketRules { Market = market })
            ?? throw new JournalCorruptException($"The journal of {market} does not begin with its opening.");
        var showsProgress = !quiet && !Console.IsErrorRedirected;
        return new JournalAudit(journal, rules)
        {
            Progress = events =>
            {
                cancel.ThrowIfCancellationRequested();
                if (showsProgress) { Console.Error.Write(string.Create(CultureInfo.InvariantCulture, $"\r{market}: {events:N0} events checked")); }
            },
        }.Run();
    }

    private static void WriteText(AuditReport report)
    {
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{report.Market}: {report.Events:N0} events in {report.Turns:N0} turns, {report.Traders:N0} traders"));
        var table = new Table().Border(TableBorder.Simple).AddColumn("").AddColumn("what must hold").AddColumn(new TableColumn("checks").RightAligned()).AddColumn("");
        for (var number = 0; number < Names.Length; number++)
        {
            var broken = report.Findings.Kept.Any(finding => finding.Invariant == number);
            table.AddRow(
                number == 0 ? "" : number.ToString(CultureInfo.InvariantCulture),
                Names[number],
                report.Findings.Checks[number].ToString("N0", CultureInfo.InvariantCulture),
                broken ? "BROKEN" : report.Findings.Checks[number] == 0 ? "nothing to check" : "holds");
        }
        AnsiConsole.Write(table);
        foreach (var finding in report.Findings.Kept) { Console.WriteLine($"{finding.Stream} event {finding.Sequence}: {finding.What}"); }
        Console.WriteLine(report.Holds ? "All holds." : string.Create(CultureInfo.InvariantCulture, $"{report.Findings.Count:N0} findings."));
    }

    private static void WriteJson(IEnumerable<AuditReport> reports)
    {
        var all = reports.Select(report => new
        {
            market = report.Market.Value,
            holds = report.Holds,
            turns = report.Turns,
            events = report.Events,
            traders = report.Traders,
            checks = report.Findings.Checks.Select((count, number) => new { invariant = number, what = Names[number], count }),
            findings = report.Findings.Kept.Select(finding => new { invariant = finding.Invariant, stream = finding.Stream.ToString(), sequence = finding.Sequence, what = finding.What }),
            findingsInAll = report.Findings.Count,
        });
        Console.WriteLine(JsonSerializer.Serialize(all));
    }
}
