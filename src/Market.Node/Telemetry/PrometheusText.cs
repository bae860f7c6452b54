using System.Diagnostics.Metrics;
using System.Globalization;
using System.Text;

namespace Market.Node.Telemetry;

/// <summary>The meter in Prometheus' text form, version 0.0.4. No exporter of it is on the registry this is built against.</summary>
public sealed class PrometheusText(MarketMeter meter)
{
    public Task WriteAsync(HttpContext http)
    {
        http.Response.ContentType = "text/plain; version=0.0.4; charset=utf-8";
        return http.Response.WriteAsync(Render(), http.RequestAborted);
    }

    private string Render()
    {
        var families = new SortedDictionary<string, (Instrument Instrument, List<string> Lines)>(StringComparer.Ordinal);
        using var listener = new MeterListener
        {
            InstrumentPublished = (instrument, listener) =>
            {
                if (meter.Has(instrument)) { listener.EnableMeasurementEvents(instrument); }
            },
        };
        listener.SetMeasurementEventCallback<long>((instrument, value, labels, _) => Add(families, instrument, value, labels));
        listener.SetMeasurementEventCallback<double>((instrument, value, labels, _) => Add(families, instrument, value, labels));
        listener.Start();
        listener.RecordObservableInstruments();
        var text = new StringBuilder();
        foreach (var (name, (instrument, lines)) in families)
        {
            text.Append(CultureInfo.InvariantCulture, $"# HELP {name} {instrument.Description}\n");
            text.Append(CultureInfo.InvariantCulture, $"# TYPE {name} {(name.EndsWith("_total", StringComparison.Ordinal) ? "counter" : "gauge")}\n");
            text.AppendJoin("", lines);
        }
        return text.ToString();
    }

    private static void Add(
        SortedDictionary<string, (Instrument, List<string> Lines)> families, Instrument instrument, double value, ReadOnlySpan<KeyValuePair<string, object?>> labels)
    {
        if (!families.TryGetValue(instrument.Name, out var family)) { families[instrument.Name] = family = (instrument, []); }
        var written = new StringBuilder();
        foreach (var (key, label) in labels)
        {
            written.Append(written.Length == 0 ? '{' : ',').Append(key).Append("=\"").Append(Escaped(label?.ToString() ?? "")).Append('"');
        }
        if (written.Length > 0) { written.Append('}'); }
        family.Lines.Add(string.Create(CultureInfo.InvariantCulture, $"{instrument.Name}{written} {value:R}\n"));
    }

    private static string Escaped(string label) =>
        label.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("\"", "\\\"", StringComparison.Ordinal).Replace("\n", "\\n", StringComparison.Ordinal);
}
