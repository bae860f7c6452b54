namespace Market.Node.Laboratory.Plot;

/// <summary><c>run.svg</c>: a run's price with hype and bursts, its volume, and how its scores spread, one above the other over the same ticks.</summary>
public static class RunPlot
{
    private const int Width = 1_600;
    private const int Height = 1_100;
    private const double Left = 120;
    private const double Right = 1_560;

    /// <param name="title">What was run.</param>
    /// <param name="subtitle">Who played, and what would make it again.</param>
    /// <param name="tick">Time between two ticks.</param>
    /// <param name="course">At least one stretch.</param>
    public static void Write(TextWriter to, string title, string subtitle, TimeSpan tick, Course course)
    {
        using var svg = new Svg(to, Width, Height, Ink.Ground, title);
        svg.Text(Left, 46, 32, Ink.Text, title, bold: true);
        svg.Text(Left, 78, 18, Ink.Muted, subtitle);
        var stretches = course.Stretches;
        var x = Scale.From(stretches[0].From - 1, stretches[^1].To, Left, Right, marks: 10);
        DrawPrice(svg, x, stretches);
        DrawVolume(svg, x, stretches);
        DrawScores(svg, x, course.Spreads).LevelAxis(FormattableString.Invariant($"tick, one every {tick.TotalSeconds:0.###} s of market time"));
    }

    private static void DrawPrice(Svg svg, Scale x, IReadOnlyList<Stretch> stretches)
    {
        var low = stretches.Min(stretch => Math.Min(stretch.Low, stretch.Base));
        var y = Scale.Around(low, stretches.Max(stretch => Math.Max(stretch.High, stretch.Base)), 500, 140, Panel.Marks);
        var panel = new Panel(svg, "Price of a share, coins", x, y);
        foreach (var (from, to) in Bursts(stretches)) { svg.Area("burst", Ink.Burst, 0.3, Panel.Box(x.At(from), y.End, x.At(to) - x.At(from), y.Start - y.End)); }
        panel.Grid();
        svg.Area("hype-above", Ink.HypeAbove, 0.4, Between(stretches, x, y, stretch => Math.Max(stretch.Price, stretch.Base)));
        svg.Area("hype-below", Ink.HypeBelow, 0.4, Between(stretches, x, y, stretch => Math.Min(stretch.Price, stretch.Base)));
        svg.Line("base", Ink.Base, 2, stretches.Select(stretch => (x.At(stretch.To), y.At(stretch.Base))), "7 6");
        if (stretches[0].To > stretches[0].From) { svg.Area("price-range", Ink.Price, 0.3, Band(stretches, x, y)); }
        svg.Line("price", Ink.Price, 3, stretches.Select(stretch => (x.At(stretch.To), y.At(stretch.Price))));
        panel.Frame(
            (Ink.Price, "price"), (Ink.Base, "without talk (dashed)"), (Ink.HypeAbove, "hype above 0"), (Ink.HypeBelow, "hype below 0"), (Ink.Burst, "a bubble bursts"));
    }

    private static void DrawVolume(Svg svg, Scale x, IReadOnlyList<Stretch> stretches)
    {
        double PerTick(Stretch stretch) => (double)stretch.Volume / (stretch.To - stretch.From + 1);
        var y = Scale.Around(0, Math.Max(1, stretches.Max(PerTick)), 735, 590, 3);
        var panel = new Panel(svg, "Volume, shares bought and sold a tick", x, y);
        panel.Grid();
        var width = Math.Max(0.5, (x.At(stretches[0].To) - x.At(stretches[0].From - 1)) * 0.85);
        svg.Bars("volume", Ink.Volume, y.Start, width, stretches.Select(stretch => (x.At(stretch.From - 1), y.At(PerTick(stretch)))));
        panel.Frame((Ink.Volume, "shares"));
    }

    private static Panel DrawScores(Svg svg, Scale x, IReadOnlyList<Spread> spreads)
    {
        var y = Scale.Around(
            spreads.Min(spread => (double)spread.Lowest), Math.Max(1, spreads.Max(spread => (double)spread.Highest)), 1_010, 825, Panel.Marks);
        var panel = new Panel(svg, "Score of a trader, monkeys fed − 20 × bailouts", x, y);
        panel.Grid();
        (double, double) At(Spread spread, long score) => (x.At(spread.Tick), y.At(score));
        svg.Area("middle-scores", Ink.Scores, 0.3, [.. spreads.Select(spread => At(spread, spread.Tenth)), .. spreads.Reverse().Select(spread => At(spread, spread.NineTenths))]);
        svg.Line("highest-score", Ink.Scores, 1.5, spreads.Select(spread => At(spread, spread.Highest)), "3 4");
        svg.Line("lowest-score", Ink.Scores, 1.5, spreads.Select(spread => At(spread, spread.Lowest)), "3 4");
        svg.Line("median-score", Ink.Scores, 3, spreads.Select(spread => At(spread, spread.Median)));
        panel.Frame((Ink.Scores, "median; shaded: the middle 80 %; dotted: best and worst"));
        return panel;
    }

    /// <summary>From the base to another line and back.</summary>
    private static IEnumerable<(double, double)> Between(IReadOnlyList<Stretch> stretches, Scale x, Scale y, Func<Stretch, double> line) =>
        [.. stretches.Select(stretch => (x.At(stretch.To), y.At(stretch.Base))), .. stretches.Reverse().Select(stretch => (x.At(stretch.To), y.At(line(stretch))))];

    private static IEnumerable<(double, double)> Band(IReadOnlyList<Stretch> stretches, Scale x, Scale y) =>
        [.. stretches.Select(stretch => (x.At(stretch.To), y.At(stretch.Low))), .. stretches.Reverse().Select(stretch => (x.At(stretch.To), y.At(stretch.High)))];

    /// <summary>The runs of stretches in which a bubble bursts, from tick to tick.</summary>
    private static IEnumerable<(long From, long To)> Bursts(IReadOnlyList<Stretch> stretches)
    {
        for (var i = 0; i < stretches.Count; i++)
        {
            if (!stretches[i].Bursting) { continue; }
            var from = stretches[i].From - 1;
            while (i + 1 < stretches.Count && stretches[i + 1].Bursting) { i++; }
            yield return (from, stretches[i].To);
        }
    }
}
