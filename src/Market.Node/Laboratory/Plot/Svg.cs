using System.Globalization;
using System.Text;
using System.Xml;
using Market.Node.Cli.Screen;

namespace Market.Node.Laboratory.Plot;

/// <summary>Where a text stands beside its place.</summary>
public enum Anchor
{
    Start,
    Middle,
    End,
}

/// <summary>A picture of lines, areas and texts, written as SVG 1.1. Texts are text: what would be markup is escaped, what cannot be seen is shown.</summary>
public sealed class Svg : IDisposable
{
    private const string Namespace = "http://www.w3.org/2000/svg";
    private const string Font = "system-ui, 'Segoe UI', 'DejaVu Sans', sans-serif";

    private readonly XmlWriter _xml;

    /// <param name="label">What the picture shows, for those who do not see it.</param>
    public Svg(TextWriter to, int width, int height, string ground, string label)
    {
        _xml = XmlWriter.Create(to, new XmlWriterSettings { Indent = true, Encoding = Encoding.UTF8, NewLineChars = "\n" });
        _xml.WriteStartElement("svg", Namespace);
        Attribute("viewBox", string.Create(CultureInfo.InvariantCulture, $"0 0 {width} {height}"));
        Attribute("width", width.ToString(CultureInfo.InvariantCulture));
        Attribute("height", height.ToString(CultureInfo.InvariantCulture));
        Attribute("role", "img");
        Attribute("aria-label", VisibleText.Of(label));
        Attribute("font-family", Font);
        Area("ground", ground, 1, [(0, 0), (width, 0), (width, height), (0, height)]);
    }

    /// <summary>A line through some points.</summary>
    /// <param name="series">Its name, by which it can be found and restyled; null for a mere rule.</param>
    /// <param name="dashes">As SVG has them; null for none.</param>
    public void Line(string? series, string colour, double width, IEnumerable<(double X, double Y)> points, string? dashes = null)
    {
        _xml.WriteStartElement("polyline", Namespace);
        if (series is not null) { Attribute("class", series); }
        Attribute("fill", "none");
        Attribute("stroke", colour);
        Attribute("stroke-width", Number(width));
        Attribute("stroke-linejoin", "round");
        if (dashes is not null) { Attribute("stroke-dasharray", dashes); }
        Attribute("points", Points(points));
        _xml.WriteEndElement();
    }

    /// <summary>An area within some points.</summary>
    /// <param name="opacity">From 0 to 1.</param>
    public void Area(string series, string colour, double opacity, IEnumerable<(double X, double Y)> points)
    {
        _xml.WriteStartElement("polygon", Namespace);
        Attribute("class", series);
        Attribute("fill", colour);
        Attribute("fill-opacity", Number(opacity));
        Attribute("points", Points(points));
        _xml.WriteEndElement();
    }

    /// <summary>Upright bars from a ground line, as one shape.</summary>
    public void Bars(string series, string colour, double ground, double width, IEnumerable<(double X, double Y)> tops)
    {
        var path = new StringBuilder();
        foreach (var (x, y) in tops) { path.Append(CultureInfo.InvariantCulture, $"M{x:0.##} {ground:0.##}V{y:0.##}h{width:0.##}V{ground:0.##}z"); }
        _xml.WriteStartElement("path", Namespace);
        Attribute("class", series);
        Attribute("fill", colour);
        Attribute("d", path.ToString());
        _xml.WriteEndElement();
    }

    public void Text(double x, double y, int size, string colour, string text, Anchor anchor = Anchor.Start, bool bold = false)
    {
        _xml.WriteStartElement("text", Namespace);
        Attribute("x", Number(x));
        Attribute("y", Number(y));
        Attribute("font-size", size.ToString(CultureInfo.InvariantCulture));
        Attribute("fill", colour);
        if (anchor is not Anchor.Start) { Attribute("text-anchor", anchor is Anchor.End ? "end" : "middle"); }
        if (bold) { Attribute("font-weight", "600"); }
        _xml.WriteString(VisibleText.Of(text));
        _xml.WriteEndElement();
    }

    public void Dispose()
    {
        _xml.WriteEndElement();
        _xml.Dispose();
    }

    private void Attribute(string name, string value) => _xml.WriteAttributeString(name, value);

    private static string Points(IEnumerable<(double X, double Y)> points) =>
        string.Join(' ', points.Select(point => string.Create(CultureInfo.InvariantCulture, $"{point.X:0.##},{point.Y:0.##}")));

    private static string Number(double number) => number.ToString("0.##", CultureInfo.InvariantCulture);
}
