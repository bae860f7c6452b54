using System.Net;
using System.Text.Json.Serialization;
using Market.Node.Config;
using Market.Node.Doors.Limits;
using Market.Node.Telemetry;
using Microsoft.AspNetCore.Server.Kestrel.Core;

namespace Market.Node.Doors.Http;

/// <summary>The HTTP door: what listens, and what every request passes through.</summary>
public static class HttpDoor
{
    /// <summary>Bytes of one request's headers; a token is some 200.</summary>
    private const int MaxHeaderBytes = 16 * 1024;

    /// <summary>
    /// Bodies up to so many times the bound are read to their end, though not used: to close while a caller still sends would lose it the
    /// answer that it sends too much.
    /// </summary>
    private const long ReadToTheEnd = 4;

    private const int MaxHeaders = 64;

    /// <summary>How long a caller may take to send its headers: who holds a connection must use it.</summary>
    private static readonly TimeSpan HeadersPatience = TimeSpan.FromSeconds(10);

    /// <summary>Slower than 100 bytes a second for ten seconds, either way, is not slow but gone.</summary>
    private static readonly MinDataRate SlowestRate = new(100, TimeSpan.FromSeconds(10));

    public static void ConfigureKestrel(WebApplicationBuilder builder, NodeOptions options) => builder.WebHost.UseKestrelCore().ConfigureKestrel(kestrel =>
    {
        kestrel.AddServerHeader = false;
        kestrel.Limits.MaxRequestBodySize = options.Limits.MaxBytes * ReadToTheEnd;
        kestrel.Limits.MaxRequestHeadersTotalSize = MaxHeaderBytes;
        kestrel.Limits.MaxRequestHeaderCount = MaxHeaders;
        kestrel.Limits.RequestHeadersTimeout = HeadersPatience;
        kestrel.Limits.MinRequestBodyDataRate = SlowestRate;
        kestrel.Limits.MinResponseDataRate = SlowestRate;
        var connections = kestrel.ApplicationServices.GetRequiredService<OpenConnections>();
        kestrel.Listen(IPAddress.Parse(options.Http.Address), options.Http.Port, listen => listen.Use(connections.Around));
    });

    public static void AddServices(IServiceCollection services)
    {
        services.ConfigureHttpJsonOptions(json => json.SerializerOptions.NumberHandling = JsonNumberHandling.Strict); // for the description: numbers are no texts
        services.AddOpenApi(openApi => openApi.AddDocumentTransformer<ApiDescription>().AddOperationTransformer<ApiOperation>());
        services.AddSingleton<CommandEndpoint>();
        services.AddSingleton<MarketEndpoints>();
        services.AddSingleton<TraderEndpoints>();
        services.AddSingleton<GibbEndpoints>();
        services.AddSingleton<StreamEndpoint>();
        services.AddSingleton<AdminEndpoints>();
        services.AddSingleton<HealthEndpoints>();
        services.AddSingleton<BoardCache>();
        services.AddSingleton<OpenConnections>();
        services.AddSingleton<AddressLimits>();
        services.AddSingleton<MarketMeter>();
        services.AddSingleton<PrometheusText>();
    }

    public static void Map(WebApplication app)
    {
        app.UseMiddleware<FaultsAsProblems>();
        app.UseMiddleware<SafetyHeaders>();
        app.UseStatusCodePages(BareStatuses.ExplainAsync);
        if (app.Services.GetRequiredService<NodeOptions>().Cluster is { } cluster && !cluster.Roles.HasFlag(NodeRoles.Views)) { app.UseMiddleware<NothingToShow>(); }
        app.UseWebSockets();
        PageFiles.Use(app);
        HttpRoutes.Map(app);
    }
}
