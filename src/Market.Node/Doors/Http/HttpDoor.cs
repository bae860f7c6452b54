using System.Net;
using Market.Node.Config;
using Market.Node.Doors.Limits;
using Market.Node.Telemetry;
using Microsoft.AspNetCore.Server.Kestrel.Core;

namespace Market.Node.Doors.Http;

/// <summary>The HTTP door: what listens, and a table of what answers where.</summary>
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

    /// <summary>How balancers look at a node's health: some only at the status.</summary>
    private static readonly string[] Looks = ["GET", "HEAD"];

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
        services.AddOpenApi(openApi => openApi.AddDocumentTransformer<ApiDescription>());
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
        app.UseWebSockets();
        PageFiles.Use(app);
        MapApi(app, app.Services);
        app.MapOpenApi("/openapi/v1.json");
    }

    private static void MapApi(WebApplication app, IServiceProvider all)
    {
        var (markets, traders, gibbs) = (all.GetRequiredService<MarketEndpoints>(), all.GetRequiredService<TraderEndpoints>(), all.GetRequiredService<GibbEndpoints>());
        var (admin, health) = (all.GetRequiredService<AdminEndpoints>(), all.GetRequiredService<HealthEndpoints>());
        const string Market = "/api/markets/{market}";
        Describe(app.MapGet("/api/markets", (Delegate)markets.ListAsync), "Markets", "All markets of this node");
        Describe(app.MapGet(Market, (Delegate)markets.OneAsync), "Markets", "One market: status, parameters, last price, counts");
        Describe(app.MapGet($"{Market}/prices", (Delegate)markets.PricesAsync), "Markets", "Ticks, oldest first; from=SEQ, limit=N");
        Describe(app.MapGet($"{Market}/board", (Delegate)markets.BoardAsync), "Markets", "The scoreboard; limit=N cuts the traders");
        Describe(app.MapPost($"{Market}/commands", (Delegate)all.GetRequiredService<CommandEndpoint>().HandleAsync), "Trading", "One command, or an array of them")
            .Accepts<ApiCommand>("application/json", "*/*").Produces<ApiResult>();
        Describe(app.MapPost($"{Market}/traders", (Delegate)traders.JoinAsync), "Trading", "Join as a trader and get its token")
            .Accepts<ApiJoin>("application/json", "*/*").Produces<ApiJoined>(StatusCodes.Status201Created);
        Describe(app.MapGet($"{Market}/traders/{{team}}/{{name}}", (Delegate)traders.StateAsync), "Traders", "A trader's state").Produces<ApiState>();
        Describe(app.MapGet($"{Market}/traders/{{team}}/{{name}}/events", (Delegate)traders.EventsAsync), "Traders", "A trader's journal; from=N, limit=N");
        Describe(app.MapPost($"{Market}/gibbs", (Delegate)gibbs.PostAsync), "Gibber", "Post a gibb").Accepts<ApiGibb>("application/json", "*/*");
        Describe(app.MapGet($"{Market}/gibbs", (Delegate)gibbs.LatestAsync), "Gibber", "The last gibbs, oldest first; limit=N");
        Describe(app.MapGet($"{Market}/stream", (Delegate)all.GetRequiredService<StreamEndpoint>().HandleAsync), "Markets", "Server-sent events; topics=price,board,gibb; Last-Event-ID resumes");
        Describe(app.MapPost("/api/admin/markets/{market}/{action}", (Delegate)admin.MoveAsync), "Organiser", "start, pause, resume or end a market");
        Describe(app.MapPost("/api/admin/markets/{market}/traders/{team}/{name}/token", (Delegate)admin.TokenAsync), "Organiser", "A trader's token once more");
        Describe(app.MapGet("/api/admin/dead-letters", (Delegate)admin.DeadLettersAsync), "Organiser", "Commands that could not be handled, and why");
        Describe(app.MapMethods("/healthz/live", Looks, (Delegate)health.LiveAsync), "Health", "200 while the process lives");
        Describe(app.MapMethods("/healthz/ready", Looks, (Delegate)health.ReadyAsync), "Health", "200 while commands are taken, 503 and why while not");
        Describe(app.MapGet("/metrics", (Delegate)all.GetRequiredService<PrometheusText>().WriteAsync), "Health", "Prometheus text");
    }

    private static RouteHandlerBuilder Describe(RouteHandlerBuilder endpoint, string tag, string summary) =>
        endpoint.WithTags(tag).WithSummary(summary);
}
