using Market.Actors.Journal;
using Market.Actors.Views;
using Market.Node.Bots;
using Market.Node.Cluster;
using Market.Node.Config;
using Market.Node.Doors;
using Market.Node.Doors.Amqp;
using Market.Node.Doors.Http;
using Market.Node.Doors.Limits;
using Market.Node.Doors.Tokens;
using Market.Node.Doors.WebSockets;
using Market.Node.Inspection;
using Market.Node.Journals.Postgres;
using Market.Node.Journals.Sqlite;
using Market.Node.Records;
using Market.Node.Telemetry;

namespace Market.Node.Hosting;

/// <summary>One node, put together by named steps: journal, markets, doors.</summary>
public static class NodeHost
{
    /// <summary>Builds the node; nothing listens and nothing runs yet.</summary>
    /// <exception cref="JournalUnavailableException">The data folder cannot be used.</exception>
    /// <exception cref="JournalCorruptException">The journal is not sound.</exception>
    public static WebApplication Build(NodeOptions options)
    {
        var builder = WebApplication.CreateSlimBuilder(new WebApplicationOptions { ContentRootPath = AppContext.BaseDirectory });
        AddLogging(builder, options);
        AddMarkets(builder.Services, options);
        AddDoors(builder.Services, options);
        AddBots(builder.Services, options);
        if (options.Telemetry.Collector is not null) { builder.Services.AddHostedService(_ => Otlp.Of(options)!); }
        HttpDoor.ConfigureKestrel(builder, options);
        var app = builder.Build();
        HttpDoor.Map(app);
        InspectionRoutes.Map(app);
        app.Map("/ws/markets/{market}", app.Services.GetRequiredService<WebSocketDoor>().HandleAsync);
        return app;
    }

    private static void AddLogging(WebApplicationBuilder builder, NodeOptions options)
    {
        var logging = builder.Logging;
        var threshold = new LogThreshold();
        var ring = new LogRing(TimeProvider.System, options.Secrets);
        builder.Services.AddSingleton(threshold);
        builder.Services.AddSingleton(ring);
        logging.ClearProviders();
        logging.AddProvider(ring);
        if (options.JsonLog) { logging.AddJsonConsole(console => (console.UseUtcTimestamp, console.TimestampFormat) = (true, "yyyy-MM-ddTHH:mm:ss.fffZ")); }
        else { logging.AddSimpleConsole(console => (console.SingleLine, console.TimestampFormat) = (true, "HH:mm:ss ")); }
        logging.AddFilter((_, level) => threshold.Lets(level));
        logging.AddFilter("Microsoft", LogLevel.Warning);
        logging.AddFilter("Microsoft.Extensions.Hosting", LogLevel.None); // a failed start is said in words, once; background work says its own
    }

    private static void AddMarkets(IServiceCollection services, NodeOptions options)
    {
        services.Configure<HostOptions>(host => host.BackgroundServiceExceptionBehavior = BackgroundServiceExceptionBehavior.Ignore);
        services.AddSingleton(options);
        services.AddSingleton(options.Limits);
        services.AddSingleton(TimeProvider.System);
        services.AddSingleton<Hub>();
        services.AddSingleton<MarketNode>();
        if (options.Cluster is null) { AddEmbedded(services, options); }
        else { AddClustered(services, options.Cluster); }
    }

    private static void AddEmbedded(IServiceCollection services, NodeOptions options)
    {
        services.AddSingleton<IJournal>(all => SqliteJournal.Open(options.DataFolder, all.GetRequiredService<ILogger<SqliteJournal>>()));
        services.AddSingleton<Func<IJournal>>(() => SqliteJournal.OpenReadOnly(options.DataFolder));
    }

    private static void AddClustered(IServiceCollection services, ClusterOptions cluster)
    {
        var database = PostgresOptions.Of(cluster);
        services.AddSingleton<IJournal>(all =>
        {
            PostgresSchema.Migrate(cluster);
            return PostgresJournal.Open(database, all.GetRequiredService<ILogger<PostgresJournal>>());
        });
        services.AddSingleton<Func<IJournal>>(() => PostgresJournal.Open(database));
        if (cluster.Amqp.Door) { AddAmqp(services, cluster.Amqp); }
        services.AddHostedService(all =>
        {
            var part = all.GetRequiredService<MarketNode>().Cluster!;
            if (all.GetService<AmqpDoor>() is { } door) { part.Add(door); }
            return part;
        });
        if (cluster.Roles.HasFlag(NodeRoles.Door)) { services.AddHostedService<MarketOpening>(); }
    }

    private static void AddAmqp(IServiceCollection services, AmqpOptions options)
    {
        services.AddSingleton(all => new NewsOutbox(options));
        services.AddSingleton<IOwnerListener>(all => all.GetRequiredService<NewsOutbox>());
        services.AddSingleton<AmqpDoor>();
    }

    private static void AddBots(IServiceCollection services, NodeOptions options)
    {
        services.AddSingleton(options.Bots);
        services.AddHostedService<HouseBots>();
    }

    private static void AddDoors(IServiceCollection services, NodeOptions options)
    {
        services.AddSingleton(_ => new TraderTokens(options.Cluster?.TokenKey ?? KeptSecrets.TokenKey(options.DataFolder)));
        services.AddSingleton(_ => new AdminToken(options.AdminToken ?? KeptSecrets.AdminToken(options.DataFolder)));
        services.AddSingleton(all => new TraderHistory(all.GetRequiredService<Func<IJournal>>()));
        services.AddSingleton<TraderLimits>();
        services.AddSingleton<CommandDoor>();
        services.AddSingleton<BoardFeed>();
        services.AddHostedService(all => all.GetRequiredService<BoardFeed>());
        services.AddSingleton<WebSocketDoor>();
        HttpDoor.AddServices(services);
        InspectionRoutes.AddServices(services);
    }
}
