using System.Globalization;
using System.Text.Json;
using Market.Actors.Audit;
using Market.Actors.Journal;
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
    public static Task<int> RunAsync(VerifyOptions options, CancellationToken cancel) => Task.Run(() => Run(options, Console.Out, cancel), cancel);

    /// <param name="output">Where the report goes; complaints go to standard error.</param>
    /// <returns>0 when all holds, 1 when something does not or nothing could be read.</returns>
    public static int Run(VerifyOptions options, TextWriter output, CancellationToken cancel)
    {
        if (options.ToldFile is { } file) { return VerifyTold.Run(options, file, output, Console.Error, cancel); }
        try
        {
            if (options.RepairTo is not null) { return RepairJournal.Run(options, output, cancel); }
            using var journal = JournalToRead.Open(options.DataFolder, options.Cluster);
            var examined = new JournalExamination(journal, Progress(options.Json, cancel)).Run(options.Market);
            if (options.Json) { WriteJson(examined, output); }
            else { WriteText(examined, output); }
            return examined.Holds ? ExitCode.Done : ExitCode.Failed;
        }
        catch (Exception unread) when (unread is JournalUnavailableException or JournalCorruptException)
        {
            Console.Error.WriteLine(unread.Message);
            return ExitCode.Failed;
        }
    }

    internal static Action<MarketId, long> Progress(bool quiet, CancellationToken cancel)
    {
        var isShown = !quiet && !Console.IsErrorRedirected;
        return (market, events) =>
        {
            cancel.ThrowIfCancellationRequested();
            if (isShown) { Console.Error.Write(string.Create(CultureInfo.InvariantCulture, $"\r{market}: {events:N0} events checked")); }
        };
    }

    private static void WriteText(Examined examined, TextWriter output)
    {
        foreach (var report in examined.Markets) { WriteText(report, output); }
        foreach (var (market, why) in examined.Unopened) { output.WriteLine($"{market}: nothing of it can be read. {why}"); }
        foreach (var damage in examined.Damage) { output.WriteLine($"Damage: {damage}"); }
        foreach (var cut in examined.CutOff) { output.WriteLine($"Cut off: {cut}. What was never answered may be missing; what was answered is not, unless the disk failed."); }
        if (examined.Holds)
        {
            output.WriteLine("All holds.");
            return;
        }
        foreach (var (stream, soundTo) in examined.Streams) { output.WriteLine($"{stream} is sound up to event {soundTo}."); }
        output.WriteLine("To go on with what is sound: monkonomy verify --repair FOLDER makes a copy of it.");
    }

    private static void WriteText(AuditReport report, TextWriter output)
    {
        output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{report.Market}: {report.Events:N0} events in {report.Turns:N0} turns, {report.Traders:N0} traders"));
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
        AnsiConsole.Create(new AnsiConsoleSettings { Out = new AnsiConsoleOutput(output) }).Write(table);
        foreach (var finding in report.Findings.Kept) { output.WriteLine($"{finding.Stream} event {finding.Sequence}: {finding.What}"); }
        if (!report.Holds) { output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{report.Findings.Count:N0} findings.")); }
    }

    private static void WriteJson(Examined examined, TextWriter output)
    {
        var markets = examined.Markets.Select(report => new
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
        output.WriteLine(JsonSerializer.Serialize(new
        {
            holds = examined.Holds,
            damage = examined.Damage,
            cutOff = examined.CutOff,
            markets,
            unopened = examined.Unopened.Select(one => new { market = one.Market.Value, why = one.Why }),
            streams = examined.Streams.Select(one => new { stream = one.Stream.ToString(), soundTo = one.SoundTo }),
        }));
    }
}
