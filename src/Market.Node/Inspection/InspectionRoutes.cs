using Market.Node.Doors.Http;

namespace Market.Node.Inspection;

/// <summary>What an organiser may look at, below <c>/api/admin/pbm</c>: the part of the door that <c>monkonomy pbm</c> speaks to.</summary>
public static class InspectionRoutes
{
    private const string At = "/api/admin/pbm";

    private static readonly ApiParameter Node = ApiParameter.Text("node", "The node that is meant, asked on the caller's behalf; the one that is asked by default.");
    private static readonly ApiParameter Path = ApiParameter.Text("path", "An actor's address, e.g. /banana/trader/BONOBO/alice.");
    private static readonly ApiParameter From = ApiParameter.Number("from", "Where the page begins.");
    private static readonly ApiParameter Limit = ApiParameter.Number("limit", "Most rows, 1 to 1,000.");

    public static void AddServices(IServiceCollection services)
    {
        services.AddSingleton<Membership>();
        services.AddSingleton<Gate>();
        services.AddSingleton<Owners>();
        services.AddSingleton<ClusterLooks>();
        services.AddSingleton<ShardLooks>();
        services.AddSingleton<ActorLooks>();
        services.AddSingleton<HierarchyLooks>();
        services.AddSingleton<StreamReading>();
        services.AddSingleton<EventLooks>();
        services.AddSingleton<ActorAsks>();
        services.AddSingleton<AuditDesk>();
        services.AddSingleton<JournalLooks>();
        services.AddSingleton<LogLooks>();
    }

    public static void Map(WebApplication app)
    {
        var of = app.Services;
        var routes = new Routes(app, of.GetRequiredService<Gate>());
        MapCluster(routes, of.GetRequiredService<ClusterLooks>(), of.GetRequiredService<ShardLooks>());
        MapActors(routes, of.GetRequiredService<ActorLooks>(), of.GetRequiredService<HierarchyLooks>(), of.GetRequiredService<EventLooks>(), of.GetRequiredService<ActorAsks>());
        MapJournal(routes, of.GetRequiredService<JournalLooks>());
        MapLog(routes, of.GetRequiredService<LogLooks>());
    }

    private static void MapCluster(Routes routes, ClusterLooks cluster, ShardLooks shards)
    {
        routes.Get("cluster", cluster.ClusterAsync, "The cluster as a node sees it").Produces<ShownCluster>();
        routes.Get("node", cluster.NodeAsync, "A node: since when, how much it has to do", 503).Produces<ShownNode>();
        routes.Get("regions", cluster.RegionsAsync, "The markets as a node's doors see them").Produces<ShownRegions>();
        routes.Get("shards", shards.ListAsync, "The shards that take turns on a node", 400, 503).Produces<ShownShards>().WithMetadata(From, Limit);
        routes.Post("leave", cluster.LeaveAsync, "A node hands its shards over and ends", 409).Produces<ShownLeaving>(StatusCodes.Status202Accepted);
    }

    private static void MapActors(Routes routes, ActorLooks actors, HierarchyLooks hierarchy, EventLooks events, ActorAsks asks)
    {
        routes.Get("actors", hierarchy.ListAsync, "What is below an address, a page at a time", 400).Produces<ShownChildren>().WithMetadata(Path, From, Limit);
        routes.Get("actor", actors.ShowAsync, "One actor: state, sequence number, mailbox, last answers", 400, 503).Produces<ShownActor>().WithMetadata(Path);
        routes.Get("events", events.ListAsync, "What happened to an actor; the newest without from", 400, 429).Produces<ShownEvents>().WithMetadata(Path, From, Limit);
        routes.Post("ask", asks.AskAsync, "Asks an actor: a trader a command, the market an action, Gibber a post, each how it stands", 400, 409, 413, 503)
            .Accepts<System.Text.Json.JsonElement>("application/json", "*/*").Produces<System.Text.Json.JsonElement>().WithMetadata(Path);
    }

    private static void MapJournal(Routes routes, JournalLooks journal)
    {
        routes.Get("journal", journal.StatsAsync, "What a node did with the journal").Produces<ShownJournal>();
        routes.Get("markets/{market}/tail", journal.TailAsync, "A market's newest events", 400, 429).Produces<ShownEvents>()
            .WithMetadata(ApiParameter.Number("shard", "Of this shard only."), From, Limit);
        routes.Get("audit", journal.AuditAsync, "How the last audit of the journal stands").Produces<ShownAudit>();
        routes.Post("audit", journal.BeginAuditAsync, "Begins an audit of the journal, unless one is running").Produces<ShownAudit>(StatusCodes.Status202Accepted);
    }

    private static void MapLog(Routes routes, LogLooks log)
    {
        routes.Get("log", log.PeekAsync, "A node's newest log lines", 400).Produces<ShownLog>().WithMetadata(From, Limit);
        routes.Get("log/level", log.LevelAsync, "From which level on a node logs").Produces<ShownLevel>();
        routes.Post("log/level", log.SetLevelAsync, "Sets it, until the node ends", 400, 413).Accepts<ShownLevel>("application/json", "*/*").Produces<ShownLevel>();
        routes.Get("dead-letters", log.LettersAsync, "Commands a node could not handle, the newest first", 400).Produces<ShownLetters>().WithMetadata(From, Limit);
    }

    /// <summary>Each behind the gate.</summary>
    private sealed record Routes(WebApplication App, Gate Gate)
    {
        public RouteHandlerBuilder Get(string path, Func<HttpContext, Task> look, string summary, params int[] problems) =>
            Told(App.MapGet($"{At}/{path}", (Delegate)Gate.Guard(look)), summary, problems);

        public RouteHandlerBuilder Post(string path, Func<HttpContext, Task> act, string summary, params int[] problems) =>
            Told(App.MapPost($"{At}/{path}", (Delegate)Gate.Guard(act)), summary, problems);

        private static RouteHandlerBuilder Told(RouteHandlerBuilder route, string summary, int[] problems) =>
            route.Tell("Inspection", summary, [401, 404, .. problems.Contains(503) ? problems : [.. problems, 503]]).WithMetadata(Node, new ApiToken());
    }
}
