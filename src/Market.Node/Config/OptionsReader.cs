using System.Collections.Frozen;
using System.Globalization;
using Market.Actors.Gibber;
using Market.Actors.Plantations;
using Market.Actors.Prices;
using Market.Actors.Runtime;
using Market.Actors.Traders;
using Market.Protocol.Values;

namespace Market.Node.Config;

/// <summary>From keys to options: one line each, with its default and range as <c>cluster.hocon</c> says them.</summary>
public static class OptionsReader
{
    private const string Root = "monkonomy";

    private static readonly TimeSpan ShortestTick = TimeSpan.FromMilliseconds(10);
    private static readonly TimeSpan Hour = TimeSpan.FromHours(1);

    /// <exception cref="ConfigurationException">Names every mistake.</exception>
    public static NodeOptions Read(Settings settings, Func<string, string?> environment)
    {
        settings.Know($"{Root}:market");
        var options = new NodeOptions
        {
            DataFolder = settings.Text($"{Root}:data", "data"),
            Http = new HttpOptions(settings.Text($"{Root}:http:address", "127.0.0.1"), (int)settings.Whole($"{Root}:http:port", 5080, 0, 65_535)),
            JoinCode = settings.Text($"{Root}:join-code", "") is { Length: > 0 } code ? code : null,
            Markets = [.. settings.Children($"{Root}:markets").Select(id => Market(settings, id)).OfType<MarketOptions>()],
            Limits = Limits(settings),
            History = new HistoryOptions(
                (int)settings.Whole($"{Root}:history:prices", 100_000, 1, 10_000_000), (int)settings.Whole($"{Root}:history:gibbs", 1_000, 1, 1_000_000)),
            SnapshotEvery = settings.Whole($"{Root}:snapshot-every", 500_000, 1_000, 100_000_000),
            JsonLog = IsJson(settings, $"{Root}:log"),
            Telemetry = new TelemetryOptions(
                Collector(settings, $"{Root}:telemetry:otlp", environment), settings.Number($"{Root}:telemetry:sample", 0.01, 0, 1)),
            Bots = new BotOptions((int)settings.Whole($"{Root}:bots", 8, 0, 1_000)),
        };
        if (options.Markets.Count == 0) { settings.Mistake($"{Root}:markets", "at least one market is needed"); }
        var clustered = Clustered(settings);
        settings.Check(Root);
        return clustered is { } cluster
            ? options with { Cluster = ClusterOptions.FromEnvironment(cluster.Name, cluster.Node, cluster.Roles, environment) with { Amqp = cluster.Amqp } }
            : options;
    }

    private static bool IsJson(Settings settings, string key)
    {
        var log = settings.Text(key, "text");
        if (log is not ("text" or "json")) { settings.Mistake(key, $"\"{log}\" is not text, nor json"); }
        return log == "json";
    }

    /// <summary>The name that collectors' own tools use counts where the configuration has none.</summary>
    private static Uri? Collector(Settings settings, string key, Func<string, string?> environment)
    {
        var text = settings.Text(key, "") is { Length: > 0 } told ? told : environment("OTEL_EXPORTER_OTLP_ENDPOINT") ?? "";
        if (text.Length == 0) { return null; }
        if (Uri.TryCreate(text.TrimEnd('/') + "/", UriKind.Absolute, out var collector) && collector.Scheme is "http" or "https") { return collector; }
        settings.Mistake(key, $"\"{text}\" is no address of a collector; it would be http://127.0.0.1:4318");
        return null;
    }

    private static (string Name, string Node, NodeRoles Roles, AmqpOptions Amqp)? Clustered(Settings settings)
    {
        var key = $"{Root}:cluster";
        var transport = settings.Text($"{key}:transport", "none");
        if (transport is not ("none" or "rabbitmq")) { settings.Mistake($"{key}:transport", $"\"{transport}\" is not none, nor rabbitmq"); }
        var node = settings.Text($"{key}:node", "");
        var amqp = new AmqpOptions(settings.Flag($"{key}:amqp:door", true), settings.Flag($"{key}:amqp:trader-states", true));
        var told = (settings.Text($"{key}:name", "monkonomy"), node.Length > 0 ? node : $"{Environment.MachineName}-{Environment.ProcessId}", Roles(settings, $"{key}:roles"), amqp);
        return transport == "rabbitmq" ? told : null;
    }

    private static NodeRoles Roles(Settings settings, string key)
    {
        var roles = NodeRoles.None;
        foreach (var text in settings.Texts(key, ["door", "shards", "views"]))
        {
            if (Enum.TryParse<NodeRoles>(text, ignoreCase: true, out var role) && role is NodeRoles.Door or NodeRoles.Shards or NodeRoles.Views) { roles |= role; }
            else { settings.Mistake(key, $"\"{text}\" is not door, shards, nor views"); }
        }
        if (roles == NodeRoles.None) { settings.Mistake(key, "a node without a role is of no use"); }
        if (roles.HasFlag(NodeRoles.Door) && !roles.HasFlag(NodeRoles.Views)) { settings.Mistake(key, "a door needs views: it tells its callers state and price"); }
        return roles;
    }

    private static MarketOptions? Market(Settings settings, string id)
    {
        var key = $"{Root}:markets:{id}";
        if (!MarketId.TryRead(id, out var market))
        {
            settings.Mistake(key, $"a market's id has 1 to {MarketId.MaxLength} characters of a-z, 0-9 and '-'");
            return null;
        }
        var rules = new MarketRules
        {
            Market = market,
            Shards = (int)settings.Whole($"{key}:shards", 16, 1, 1_024),
            Teams = Teams(settings, $"{key}:teams"),
            MailboxCapacity = (int)settings.Whole($"{key}:mailbox", 2_048, 1, 65_536),
            Traders = new TraderRules
            {
                MaxOrderShares = settings.Whole($"{key}:trader:max-order-shares", 1_000, 1, 1_000_000),
                RememberedAnswers = (int)settings.Whole($"{key}:trader:remembered-answers", 256, 0, 65_536),
            },
            Price = Price(settings, $"{key}:price"),
            Plantation = Plantation(settings, $"{key}:plantation"),
            Gibber = Gibber(settings, $"{key}:gibber"),
        };
        return new MarketOptions(rules, Seed(settings, $"{key}:seed"), settings.Flag($"{key}:auto-start", true));
    }

    private static ulong? Seed(Settings settings, string key)
    {
        var text = settings.Text(key, "random");
        if (text == "random") { return null; }
        if (ulong.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var seed)) { return seed; }
        settings.Mistake(key, $"\"{text}\" is not a whole number from 0 to {ulong.MaxValue}, nor random");
        return null;
    }

    private static IReadOnlyList<string> Teams(Settings settings, string key)
    {
        var teams = settings.Texts(key, new MarketRules { Market = default }.Teams);
        foreach (var team in teams.Where(team => !TraderKey.IsName(team) || team.Contains('/')))
        {
            settings.Mistake(key, $"\"{team}\" is not a team: 1 to {TraderKey.MaxLength} characters, no control characters, no slash");
        }
        return teams;
    }

    private static PriceRules Price(Settings settings, string key) => new()
    {
        TickMs = settings.Milliseconds($"{key}:tick", 1_000, ShortestTick, Hour),
        Mu = settings.Number($"{key}:mu", 0.0001, -1, 1),
        Sigma = settings.Number($"{key}:sigma", 0.01, 0, 1),
        EmaFactor = settings.Number($"{key}:ema-factor", 0.1, 0, 1),
        Floor = settings.Coins($"{key}:floor", new Coins(10_000), new Coins(1), Coins.Whole(1_000_000)),
        BurstProbabilityPerCoin = settings.Number($"{key}:burst-probability-per-coin", 0.01, 0, 1),
        BurstStepMs = settings.Milliseconds($"{key}:burst-step", 5_000, ShortestTick, Hour),
        BurstSteps = [.. settings.Numbers($"{key}:burst-steps", BurstSteps.Default, 0, 10)],
    };

    private static PlantationRules Plantation(Settings settings, string key) => new()
    {
        WaitMsPerCoin = settings.Milliseconds($"{key}:wait-per-coin", 10, TimeSpan.Zero, Hour),
        LongestWaitMs = settings.Milliseconds($"{key}:longest-wait", 60_000, TimeSpan.Zero, TimeSpan.FromDays(1)),
        Mu = settings.Number($"{key}:mu", 0.035, -1, 1),
        Sigma = settings.Number($"{key}:sigma", 0.01, 0, 1),
        BonusScale = settings.Coins($"{key}:bonus-scale", Coins.Whole(1_000), new Coins(1), Coins.Whole(1_000_000_000)),
        HighestMultiplier = settings.Number($"{key}:highest-multiplier", 1.15, 0, 10),
    };

    private static GibberRules Gibber(Settings settings, string key) => new()
    {
        Terms = [.. settings.Texts($"{key}:terms", GibberRules.Default.Terms)],
        Positive = settings.Texts($"{key}:positive", [.. GibberRules.Default.Positive]).ToFrozenSet(StringComparer.Ordinal),
        Negative = settings.Texts($"{key}:negative", [.. GibberRules.Default.Negative]).ToFrozenSet(StringComparer.Ordinal),
        HashtagStem = settings.Text($"{key}:hashtag", "mktd"),
        HashtagPoints = (int)settings.Whole($"{key}:hashtag-points", 100, -10_000, 10_000),
        CoinsPerPoint = settings.Coins($"{key}:coins-per-point", new Coins(10_000), Coins.Zero, Coins.Whole(1_000)),
        MaxCountedPerMinute = (int)settings.Whole($"{key}:max-counted-per-minute", 6, 0, 1_000),
    };

    private static LimitOptions Limits(Settings settings)
    {
        var key = $"{Root}:limits";
        return new LimitOptions
        {
            CommandsPerSecond = (int)settings.Whole($"{key}:commands-per-second", 1_000, 1, 1_000_000_000),
            CommandBurst = (int)settings.Whole($"{key}:command-burst", 2_000, 1, 1_000_000_000),
            JoinsPerSecond = (int)settings.Whole($"{key}:joins-per-second", 100, 1, 1_000_000),
            GibbsPerSecond = (int)settings.Whole($"{key}:gibbs-per-second", 20, 1, 1_000_000),
            MaxCommandsPerRequest = (int)settings.Whole($"{key}:max-commands-per-request", 1_000, 1, 100_000),
            MaxBytes = settings.Bytes($"{key}:max-bytes", 256 * 1024, 1_024, 64 * 1024 * 1024),
            MaxConnections = (int)settings.Whole($"{key}:max-connections", 5_000, 1, 1_000_000),
            MaxFramesInFlight = (int)settings.Whole($"{key}:max-frames-in-flight", 1_000, 1, 1_000_000),
            MaxResultsWaiting = (int)settings.Whole($"{key}:max-results-waiting", 50_000, 1_000, 10_000_000),
            MaxBadFrames = (int)settings.Whole($"{key}:max-bad-frames", 100, 1, 1_000_000),
        };
    }
}
