using System.Globalization;

namespace Market.Node.Laboratory.Plot;

/// <summary>One of the plots of a picture: its frame, axes, title and legend. Series are drawn between <see cref="Grid"/> and <see cref="Frame"/>.</summary>
/// <param name="title">With the unit of the upright axis.</param>
/// <param name="x">The level axis, which panels one above the other share.</param>
/// <param name="y">The upright axis.</param>
internal sealed class Panel(Svg svg, string title, Scale x, Scale y)
{
    private const int TextSize = 18;
    private const int TitleSize = 22;
    private const int LegendSwatch = 28;
    private const int LegendGap = 8;

    /// <summary>More than most letters take, whatever font there is.</summary>
    private const double WidthOfLetter = 9.6;

    /// <summary>Marks of an upright axis, about.</summary>
    public const int Marks = 5;

    public Scale X => x;

    public Scale Y => y;

    /// <summary>The rules behind the series, and the upright axis.</summary>
    public void Grid()
    {
        foreach (var mark in y.Marks())
        {
            var at = y.At(mark);
            svg.Line(null, Ink.Grid, 1, [(x.Start, at), (x.End, at)]);
            svg.Text(x.Start - 12, at + 6, TextSize, Ink.Muted, Short(mark, y), Anchor.End);
        }
    }

    /// <summary>The edge over the series, title and legend above it.</summary>
    public void Frame(params IReadOnlyList<(string Colour, string Name)> legend)
    {
        svg.Line(null, Ink.Edge, 1.5, [(x.Start, y.End), (x.Start, y.Start), (x.End, y.Start)]);
        svg.Text(x.Start, y.End - 14, TitleSize, Ink.Text, title, bold: true);
        var left = x.End - legend.Sum(entry => WidthOf(entry.Name));
        foreach (var (colour, name) in legend)
        {
            svg.Area("key", colour, 1, Box(left, y.End - 28, LegendSwatch, 14));
            svg.Text(left + LegendSwatch + LegendGap, y.End - 14, TextSize, Ink.Text, name);
            left += WidthOf(name);
        }
    }

    /// <summary>The level axis, under the lowest panel.</summary>
    public void LevelAxis(string name)
    {
        foreach (var mark in x.Marks())
        {
            svg.Line(null, Ink.Edge, 1.5, [(x.At(mark), y.Start), (x.At(mark), y.Start + 8)]);
            svg.Text(x.At(mark), y.Start + 30, TextSize, Ink.Muted, Short(mark, x), Anchor.Middle);
        }
        svg.Text((x.Start + x.End) / 2, y.Start + 60, TextSize, Ink.Text, name, Anchor.Middle);
    }

    public static (double X, double Y)[] Box(double left, double top, double width, double height) =>
        [(left, top), (left + width, top), (left + width, top + height), (left, top + height)];

    private static double WidthOf(string name) => LegendSwatch + (3 * LegendGap) + (name.Length * WidthOfLetter);

    /// <summary>Thousands and millions by their letter, alike along an axis; small numbers with what decimals they have.</summary>
    private static string Short(double value, Scale axis) => Math.Max(Math.Abs(axis.Low), Math.Abs(axis.High)) switch
    {
        _ when value == 0 => "0",
        >= 1e10 => (value / 1e9).ToString("0.##", CultureInfo.InvariantCulture) + " G",
        >= 1e7 => (value / 1e6).ToString("0.##", CultureInfo.InvariantCulture) + " M",
        >= 1e4 => (value / 1e3).ToString("0.##", CultureInfo.InvariantCulture) + " k",
        _ => value.ToString("0.######", CultureInfo.InvariantCulture),
    };
}
