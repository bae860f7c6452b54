using System.Diagnostics;
using System.Text.Json;
using Market.Chaos.Machines;
using Market.Chaos.Traders;

namespace Market.Chaos.Judgement;

/// <summary>The cluster's journal as its operator reads it: by the verbs of the program.</summary>
/// <param name="folder">For what is taken out of it.</param>
internal sealed class JournalRecords(string database, string folder)
{
    /// <summary>In the journal; known once it was compared.</summary>
    public long Events { get; private set; }

    /// <summary>The nine things that must always be true; every answer that was told, as it was told; and no other.</summary>
    /// <param name="told">Files of answers, a line each.</param>
    public async Task<IReadOnlyList<string>> AgreesWithAsync(IReadOnlyList<Account> accounts, IReadOnlyList<string> told)
    {
        var wrong = new List<string>();
        await RunAsync(wrong, "verify", "--cluster", Room.Cluster);
        foreach (var file in told) { await RunAsync(wrong, "verify", "--cluster", Room.Cluster, "--told", file); }
        var events = Path.Combine(folder, "events.csv");
        await RunAsync(wrong, "export", "--cluster", Room.Cluster, "--what", "events", "--format", "csv", "--out", events);
        if (File.Exists(events)) { wrong.AddRange(Compare(Count(events), accounts)); }
        return wrong;
    }

    /// <summary>The scoreboard made of the journal alone.</summary>
    public async Task<JsonElement> BoardAsync()
    {
        var file = Path.Combine(folder, "board.json");
        await RunAsync([], "export", "--cluster", Room.Cluster, "--what", "board", "--json", "--out", file);
        using var board = JsonDocument.Parse(await File.ReadAllTextAsync(file));
        return board.RootElement.Clone();
    }

    /// <summary>Answers of each trader in the journal, by trader and status: what nobody was told is there as well.</summary>
    private Dictionary<(string Trader, string Status), long> Count(string events)
    {
        var counts = new Dictionary<(string, string), long>();
        foreach (var line in File.ReadLines(events).Skip(1))
        {
            Events++;
            var fields = line.Split(',', 10);
            if (fields is not [_, _, _, not "Returned", var trader, { Length: > 0 }, _, _, var status, ..]) { continue; }
            counts[(trader, status)] = counts.GetValueOrDefault((trader, status)) + 1;
        }
        return counts;
    }

    private static IEnumerable<string> Compare(Dictionary<(string Trader, string Status), long> kept, IReadOnlyList<Account> accounts)
    {
        var told = accounts.SelectMany(account => account.ByStatus.Select(status => (Key: ($"{account.Pass.Team}/{account.Pass.Name}", status.Key), status.Value))).ToDictionary(one => one.Key, one => one.Value);
        foreach (var key in told.Keys.Union(kept.Keys))
        {
            var (was, has) = (told.GetValueOrDefault(key), kept.GetValueOrDefault(key));
            if (was != has) { yield return $"{key.Item1} was told {was} times {key.Item2}, and the journal has it {has} times."; }
        }
    }

    private async Task RunAsync(List<string> wrong, params string[] words)
    {
        var start = new ProcessStartInfo("dotnet", [Path.Combine(AppContext.BaseDirectory, "monkonomy.dll"), .. words]) { RedirectStandardOutput = true, RedirectStandardError = true };
        start.Environment["MARKET_POSTGRES"] = database;
        using var process = Process.Start(start) ?? throw new InvalidOperationException("dotnet did not start.");
        var said = await Task.WhenAll(process.StandardOutput.ReadToEndAsync(), process.StandardError.ReadToEndAsync());
        await process.WaitForExitAsync();
        if (process.ExitCode != 0) { wrong.Add($"monkonomy {string.Join(' ', words)} ended with {process.ExitCode}: {string.Concat(said).Trim()}"); }
    }
}
