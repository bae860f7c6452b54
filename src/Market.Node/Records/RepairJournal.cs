using System.Globalization;
using System.Text.Json;
using Market.Actors.Journal;
using Market.Node.Cli;
using Market.Node.Journals.Sqlite;
using Market.Protocol.Values;

namespace Market.Node.Records;

/// <summary><c>verify --repair</c>: a copy of what is sound, in a data folder of its own, itself examined before it is called done.</summary>
public static class RepairJournal
{
    /// <summary>What a data folder holds beside its journal, so that the traders' tokens are good on the copy too.</summary>
    private static readonly string[] Secrets = ["token-key", "admin-token"];

    /// <param name="output">Where the report goes.</param>
    /// <returns>0 when the copy is made and all holds of it.</returns>
    /// <exception cref="JournalUnavailableException">The original cannot be read, or the copy cannot be written.</exception>
    /// <exception cref="JournalCorruptException">Nothing of the original can be read.</exception>
    public static int Run(VerifyOptions options, TextWriter output, CancellationToken cancel)
    {
        var folder = options.RepairTo!;
        RequireNothingThere(folder);
        using var damaged = SqliteJournal.OpenReadOnly(options.DataFolder);
        var repair = new JournalRepair(damaged);
        var repaired = options.DryRun ? repair.Run(null) : Copy(repair, options, folder);
        var holds = options.DryRun || Examine(folder, options, cancel);
        if (options.Json) { WriteJson(repaired, options, holds, output); }
        else { WriteText(repaired, options, holds, output); }
        return holds ? ExitCode.Done : ExitCode.Failed;
    }

    private static void RequireNothingThere(string folder)
    {
        if (File.Exists(folder) || (Directory.Exists(folder) && Directory.EnumerateFileSystemEntries(folder).Any()))
        {
            throw new JournalUnavailableException($"{folder} is not empty, and nothing is ever written over: name a folder that is not there yet.");
        }
    }

    private static Repaired Copy(JournalRepair repair, VerifyOptions options, string folder)
    {
        var isNew = !Directory.Exists(folder);
        try
        {
            Repaired repaired;
            using (var copy = SqliteJournal.Open(folder)) { repaired = repair.Run(copy); }
            foreach (var secret in Secrets.Where(secret => File.Exists(Path.Combine(options.DataFolder, secret))))
            {
                File.Copy(Path.Combine(options.DataFolder, secret), Path.Combine(folder, secret));
            }
            return repaired;
        }
        catch (Exception failed) when (failed is JournalUnavailableException or IOException or UnauthorizedAccessException)
        {
            Remove(folder, isNew);
            throw failed as JournalUnavailableException ?? new JournalUnavailableException($"The copy in {folder} could not be made: {failed.Message}", failed);
        }
    }

    /// <summary>Half a copy is none.</summary>
    private static void Remove(string folder, bool isNew)
    {
        foreach (var file in Directory.Exists(folder) ? Directory.GetFiles(folder) : []) { File.Delete(file); }
        if (isNew && Directory.Exists(folder)) { Directory.Delete(folder); }
    }

    private static bool Examine(string folder, VerifyOptions options, CancellationToken cancel)
    {
        using var copy = SqliteJournal.OpenReadOnly(folder);
        return copy.Streams().Count > 0 && new JournalExamination(copy, VerifyJournal.Progress(options.Json, cancel)).Run(null).Holds;
    }

    private static void WriteText(Repaired repaired, VerifyOptions options, bool holds, TextWriter output)
    {
        foreach (var (market, why) in repaired.LostMarkets) { output.WriteLine($"{market}: nothing of it can be kept. {why}"); }
        foreach (var stream in repaired.Streams)
        {
            var left = stream.Turns == 0
                ? "nothing readable is left out"
                : string.Create(CultureInfo.InvariantCulture, $"left out: {stream.Events:N0} events in {stream.Turns:N0} turns from event {stream.KeptTo + 1} on, {Span(stream.From, stream.To)}");
            output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{stream.Stream}: kept up to event {stream.KeptTo:N0}; {left}"));
        }
        var what = string.Create(CultureInfo.InvariantCulture, $"{repaired.Events:N0} events in {repaired.Turns:N0} turns");
        output.WriteLine(options.DryRun
            ? $"A dry run: {what} would be kept in {options.RepairTo}; nothing was written."
            : $"{what} are kept in {options.RepairTo}; {(holds ? "all holds of it. Start a node with" : "but NOT all holds of it; see: monkonomy verify")} --data {options.RepairTo}");
    }

    private static string Span(Timestamp? from, Timestamp? to) => from is null ? "of unknown time" : $"of {from} to {to}";

    private static void WriteJson(Repaired repaired, VerifyOptions options, bool holds, TextWriter output) => output.WriteLine(JsonSerializer.Serialize(new
    {
        folder = options.RepairTo,
        dryRun = options.DryRun,
        holds,
        turns = repaired.Turns,
        events = repaired.Events,
        streams = repaired.Streams.Select(stream => new
        {
            stream = stream.Stream.ToString(),
            keptTo = stream.KeptTo,
            leftOut = new { turns = stream.Turns, events = stream.Events, from = stream.From?.ToString(), to = stream.To?.ToString() },
        }),
        lostMarkets = repaired.LostMarkets.Select(one => new { market = one.Market.Value, why = one.Why }),
    }));
}
