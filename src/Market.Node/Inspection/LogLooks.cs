using Market.Node.Doors.Http;
using Market.Node.Hosting;
using Market.Node.Telemetry;

namespace Market.Node.Inspection;

/// <summary>Looks at what this node wrote down: its log, and the commands it could not handle.</summary>
public sealed class LogLooks(MarketNode node, Membership members, LogRing ring, LogThreshold threshold, ILogger<LogLooks> logger)
{
    private const int MaxRows = 1_000;

    /// <summary>Of a dead letter's cause, the rest being the same stack again and again.</summary>
    private const int MaxCause = 2_000;

    public async Task PeekAsync(HttpContext http)
    {
        if (await Queries.NumberAsync(http, "from", 1, 0, long.MaxValue) is not { } from) { return; }
        if (await Queries.NumberAsync(http, "limit", 20, 1, MaxRows) is not { } limit) { return; }
        var lines = ring.From(from, (int)limit);
        var shown = lines.Select(line => new ShownLogLine(line.Number, line.Time.ToString(), LogThreshold.Name(line.Level), line.Category, line.Text));
        await Gate.SendAsync(http, new ShownLog(members.Self, [.. shown], lines.Count == 0 ? from : lines[^1].Number + 1));
    }

    public Task LevelAsync(HttpContext http) => Gate.SendAsync(http, new ShownLevel(members.Self, LogThreshold.Name(threshold.Level)));

    /// <summary>Sets the level until the node ends.</summary>
    public async Task SetLevelAsync(HttpContext http)
    {
        if (await Bodies.ReadObjectAsync(http, 1_024) is not { } body) { return; }
        if (LogThreshold.TryRead(body.Text("level")) is not { } level)
        {
            await Problem.Malformed($"level: one of {string.Join(", ", LogThreshold.Levels)} is needed.").SendAsync(http);
            return;
        }
        threshold.Level = level;
        logger.LogInformation("The organiser set the log's level to {Level}", LogThreshold.Name(level));
        await LevelAsync(http);
    }

    /// <summary>Dead letters, the newest first.</summary>
    public async Task LettersAsync(HttpContext http)
    {
        if (await Queries.NumberAsync(http, "from", 0, 0, int.MaxValue) is not { } from) { return; }
        if (await Queries.NumberAsync(http, "limit", 20, 1, MaxRows) is not { } limit) { return; }
        var kept = node.DeadLetters.Latest();
        var page = kept.Reverse().Skip((int)from).Take((int)limit)
            .Select(letter => new ShownLetter(letter.Time.ToString(), letter.Actor, letter.What, letter.Cause.Length > MaxCause ? letter.Cause[..MaxCause] : letter.Cause)).ToList();
        await Gate.SendAsync(http, new ShownLetters(members.Self, node.DeadLetters.Count, page, from + page.Count < kept.Count ? from + page.Count : null));
    }
}
