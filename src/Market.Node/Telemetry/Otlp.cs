using Market.Node.Config;
using OpenTelemetry;
using OpenTelemetry.Exporter;
using OpenTelemetry.Metrics;
using OpenTelemetry.Resources;
using OpenTelemetry.Trace;

namespace Market.Node.Telemetry;

/// <summary>
/// Sends traces and metrics to a collector, from threads of its own, in batches that are bounded: a collector that is slow or away costs what could not be
/// sent, and nothing else.
/// </summary>
internal sealed class Otlp : IHostedService, IDisposable
{
    private readonly TracerProvider _traces;
    private readonly MeterProvider _meters;

    /// <param name="node">By which the collector tells nodes apart.</param>
    public Otlp(Uri collector, double sample, string node)
    {
        var resource = ResourceBuilder.CreateEmpty().AddTelemetrySdk().AddService("monkonomy", serviceInstanceId: node);
        _traces = Sdk.CreateTracerProviderBuilder().SetResourceBuilder(resource)
            .AddSource(Traces.SourceName, "Microsoft.AspNetCore").SetSampler(new ParentBasedSampler(new TraceIdRatioBasedSampler(sample)))
            .AddOtlpExporter(to => Set(to, new Uri(collector, "v1/traces"))).Build();
        _meters = Sdk.CreateMeterProviderBuilder().SetResourceBuilder(resource)
            .AddMeter(MarketMeter.Name).AddOtlpExporter(to => Set(to, new Uri(collector, "v1/metrics"))).Build();
    }

    /// <summary>Null when no collector is named.</summary>
    public static Otlp? Of(NodeOptions options) => options.Telemetry is { Collector: { } collector } told
        ? new Otlp(collector, told.Sample, options.Cluster?.Node ?? $"{Environment.MachineName}-{Environment.ProcessId}")
        : null;

    public Task StartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    /// <summary>What was measured so far is sent, if the collector takes it in a second.</summary>
    public Task StopAsync(CancellationToken cancellationToken) => Task.Run(() => (_traces.Shutdown(1_000), _meters.Shutdown(1_000)), cancellationToken);

    public void Dispose()
    {
        _traces.Dispose();
        _meters.Dispose();
    }

    private static void Set(OtlpExporterOptions to, Uri endpoint) => (to.Protocol, to.Endpoint) = (OtlpExportProtocol.HttpProtobuf, endpoint);
}
