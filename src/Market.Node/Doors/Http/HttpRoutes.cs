using Market.Node.Telemetry;

namespace Market.Node.Doors.Http;

/// <summary>The table of what answers where, and of what the description says of it.</summary>
internal static class HttpRoutes
{
    private const string Market = "/api/markets/{market}";
    private const string Trader = $"{Market}/traders/{{team}}/{{name}}";
    private const string AdminMarket = "/api/admin/markets/{market}";

    /// <summary>How balancers look at a node's health: some only at the status.</summary>
    private static readonly string[] Looks = ["GET", "HEAD"];

    public static void Map(WebApplication app)
    {
        MapMarkets(app, app.Services.GetRequiredService<MarketEndpoints>(), app.Services.GetRequiredService<StreamEndpoint>());
        MapTraders(app, app.Services.GetRequiredService<TraderEndpoints>(), app.Services.GetRequiredService<CommandEndpoint>());
        MapGibber(app, app.Services.GetRequiredService<GibbEndpoints>());
        MapOrganiser(app, app.Services.GetRequiredService<AdminEndpoints>());
        MapHealth(app, app.Services.GetRequiredService<HealthEndpoints>(), app.Services.GetRequiredService<PrometheusText>());
        app.MapOpenApi("/openapi/v1.json");
    }

    private static void MapMarkets(WebApplication app, MarketEndpoints markets, StreamEndpoint stream)
    {
        app.MapGet("/api/markets", (Delegate)markets.ListAsync).Tell("Markets", "All markets of this node").Produces<ApiMarket[]>();
        app.MapGet(Market, (Delegate)markets.OneAsync).Tell("Markets", "One market: status, parameters, last price, counts", 404).Produces<ApiMarket>();
        app.MapGet($"{Market}/prices", (Delegate)markets.PricesAsync).Tell("Markets", "Prices, oldest first", 400, 404).Produces<ApiPrice[]>()
            .WithMetadata(ApiParameter.Number("from", "Number of the first price; without it, the latest are given."), ApiParameter.Number("limit", "Most prices, 1 to 10,000; 1,000 by default."));
        app.MapGet($"{Market}/board", (Delegate)markets.BoardAsync).Tell("Markets", "The scoreboard", 400, 404).Produces<ApiBoard>()
            .WithMetadata(ApiParameter.Number("limit", "Most traders, 0 to 10,000; 100 by default. Teams are always all."));
        app.MapGet($"{Market}/stream", (Delegate)stream.HandleAsync).Tell("Markets", "Server-sent events named after their topic", 400, 404)
            .Produces<string>(contentType: "text/event-stream")
            .WithMetadata(ApiParameter.Text("topics", "Some of price,board,gibb; all by default."), ApiParameter.Header("Last-Event-ID", "Resumes prices after this number."));
    }

    private static void MapTraders(WebApplication app, TraderEndpoints traders, CommandEndpoint commands)
    {
        app.MapPost($"{Market}/traders", (Delegate)traders.JoinAsync).Tell("Traders", "Join as a trader and get its token", 400, 403, 404, 409, 413, 429, 503)
            .Takes<ApiJoin>().Produces<ApiJoined>(StatusCodes.Status201Created);
        app.MapGet(Trader, (Delegate)traders.StateAsync).Tell("Traders", "A trader's state", 404).Produces<ApiTrader>();
        app.MapGet($"{Trader}/events", (Delegate)traders.EventsAsync).Tell("Traders", "A trader's journal", 400, 404, 429).Produces<ApiEvent[]>()
            .WithMetadata(ApiParameter.Number("from", "Number of the first event; 1 by default."), ApiParameter.Number("limit", "Most events, 1 to 1,000; 100 by default."));
        app.MapPost($"{Market}/commands", (Delegate)commands.HandleAsync)
            .Tell("Trading", "One command, or an array of them answered by an array in the same order", 400, 401, 404, 413, 429, 503)
            .Takes<ApiCommand>().Produces<ApiResult>().WithMetadata(new ApiToken(), new ApiOneOrMany());
    }

    private static void MapGibber(WebApplication app, GibbEndpoints gibbs)
    {
        app.MapPost($"{Market}/gibbs", (Delegate)gibbs.PostAsync).Tell("Gibber", "Post a gibb", 400, 404, 413, 429, 503)
            .Takes<ApiPost>().Produces<ApiGibb>(StatusCodes.Status202Accepted);
        app.MapGet($"{Market}/gibbs", (Delegate)gibbs.LatestAsync).Tell("Gibber", "The last gibbs, oldest first", 400, 404).Produces<ApiGibb[]>()
            .WithMetadata(ApiParameter.Number("limit", "Most gibbs, 0 to 1,000; 50 by default."));
    }

    private static void MapOrganiser(WebApplication app, AdminEndpoints admin)
    {
        app.MapPost($"{AdminMarket}/{{action}}", (Delegate)admin.MoveAsync).Tell("Organiser", "Start, pause, resume or end a market", 401, 404, 409, 503)
            .Produces<ApiMoved>().WithMetadata(new ApiToken());
        app.MapPost($"{AdminMarket}/traders/{{team}}/{{name}}/token", (Delegate)admin.TokenAsync).Tell("Organiser", "A trader's token once more", 401, 404)
            .Produces<ApiJoined>().WithMetadata(new ApiToken());
        app.MapGet("/api/admin/dead-letters", (Delegate)admin.DeadLettersAsync).Tell("Organiser", "Commands that could not be handled, and why", 401)
            .Produces<ApiDeadLetters>().WithMetadata(new ApiToken());
    }

    private static void MapHealth(WebApplication app, HealthEndpoints health, PrometheusText metrics)
    {
        app.MapMethods("/healthz/live", Looks, (Delegate)health.LiveAsync).Tell("Health", "200 while the process lives").Produces<ApiHealth>();
        app.MapMethods("/healthz/ready", Looks, (Delegate)health.ReadyAsync).Tell("Health", "200 while commands are taken, 503 and why while not")
            .Produces<ApiHealth>().Produces<ApiHealth>(StatusCodes.Status503ServiceUnavailable);
        app.MapGet("/metrics", (Delegate)metrics.WriteAsync).Tell("Health", "Prometheus text").Produces<string>(contentType: "text/plain");
    }

    /// <param name="problems">HTTP's numbers of the problems it may answer with.</param>
    internal static RouteHandlerBuilder Tell(this RouteHandlerBuilder endpoint, string tag, string summary, params int[] problems)
    {
        foreach (var problem in problems) { endpoint.Produces<ApiProblem>(problem, "application/problem+json"); }
        return endpoint.WithTags(tag).WithSummary(summary);
    }

    /// <summary>A body of JSON, whatever its media type is said to be.</summary>
    private static RouteHandlerBuilder Takes<T>(this RouteHandlerBuilder endpoint) where T : notnull => endpoint.Accepts<T>("application/json", "*/*");
}
