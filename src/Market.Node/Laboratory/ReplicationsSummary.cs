using System.Globalization;
using System.Text.Json;
using Market.Node.Cli.Screen;
using Spectre.Console;

namespace Market.Node.Laboratory;

/// <summary>What many runs have in common, for a terminal and as JSON.</summary>
public static class ReplicationsSummary
{
    /// <summary>What is estimated of each temperament, and of all together.</summary>
    private static readonly (string Name, string Key, Func<PartResult, double> Of)[] Figures =
    [
        ("fed a trader", "fedMonkeysPerTrader", part => part.FedPerTrader),
        ("score a trader", "scorePerTrader", part => part.ScorePerTrader),
        ("bailouts", "bailouts", part => part.Bailouts),
        ("trades", "trades", part => part.Activity.Trades),
    ];

    /// <param name="runs">At least one.</param>
    /// <param name="asked">How many there were to be.</param>
    public static void Tell(IReadOnlyList<RunResult> runs, ulong seed, int asked, Terminal terminal)
    {
        var price = Estimate.Of([.. runs.Select(run => run.Price.Price.ToDouble())]);
        var rows = Enumerable.Range(-1, runs[0].Parts.Count + 1).Select(part => (Part: Part(runs[0], part), Estimates: Estimates(runs, part))).ToList();
        if (terminal.Json) { terminal.Write(JsonSerializer.SerializeToElement(Json(runs, seed, price, rows))); }
        else { Draw(runs, seed, price, rows, terminal); }
        if (runs.Count < asked) { terminal.Say(string.Create(CultureInfo.InvariantCulture, $"Ended early: {runs.Count:N0} of {asked:N0} runs.")); }
    }

    private static void Draw(IReadOnlyList<RunResult> runs, ulong seed, Estimate price, List<(PartResult Part, Estimate[] Estimates)> rows, Terminal terminal)
    {
        terminal.Line(string.Create(CultureInfo.InvariantCulture, $"{runs.Count:N0} runs of {runs[0].Ticks:N0} ticks, seeds of {seed}; mean ± half of the 95 % confidence interval (Student's t)"));
        terminal.Line($"final price {Text(price)}");
        var table = RunSummary.NewTable(terminal, "temperament", ["traders", .. Figures.Select(figure => figure.Name)]);
        foreach (var (part, estimates) in rows)
        {
            table.AddRow([terminal.Show(part.Temperament), part.Traders.ToString("N0", CultureInfo.InvariantCulture), .. estimates.Select(Text)]);
        }
        terminal.Draw(table);
    }

    private static object Json(IReadOnlyList<RunResult> runs, ulong seed, Estimate price, List<(PartResult Part, Estimate[] Estimates)> rows) => new
    {
        seed,
        replications = runs.Count,
        ticks = runs[0].Ticks,
        confidence = Estimate.Confidence,
        finalPrice = Json(price),
        temperaments = rows.Select(row => new
        {
            name = row.Part.Temperament,
            traders = row.Part.Traders,
            estimates = Figures.Zip(row.Estimates).ToDictionary(one => one.First.Key, one => Json(one.Second)),
        }),
    };

    private static object Json(Estimate estimate) => new { mean = estimate.Mean, halfWidth = estimate.HalfWidth };

    private static Estimate[] Estimates(IReadOnlyList<RunResult> runs, int part) =>
        [.. Figures.Select(figure => Estimate.Of([.. runs.Select(run => figure.Of(Part(run, part)))]))];

    /// <summary>−1 is all together.</summary>
    private static PartResult Part(RunResult run, int part) => part < 0 ? run.Whole : run.Parts[part];

    private static string Text(Estimate estimate)
    {
        var mean = estimate.Mean.ToString("#,0.000", CultureInfo.InvariantCulture);
        return estimate.HalfWidth is { } half ? $"{mean} ± {half.ToString("#,0.000", CultureInfo.InvariantCulture)}" : mean;
    }
}
