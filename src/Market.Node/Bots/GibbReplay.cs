using System.Text.Json;
using Market.Actors.Answers;
using Market.Node.Config;
using Market.Node.Doors;
using Market.Node.Hosting;
using Market.Protocol.Messages;
using Market.Protocol.Values;

namespace Market.Node.Bots;

/// <summary>One post of a replay file.</summary>
public sealed record ReplayedGibb(Timestamp Time, string Author, string Text);

/// <summary>
/// Posts what a file holds, JSON lines of time, author and text, at their own pace or faster. The whole file is checked before the first is
/// posted; a line that cannot be read is named, with what would be right.
/// </summary>
public sealed class GibbReplay(MarketNode node, NodeOptions options, TimeProvider time, ILogger<GibbReplay> logger) : BackgroundService
{
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        if (options.Bots.GibbsFile is not { } file) { return; }
        var market = node.Markets[options.Markets[0].Id];
        var posted = 0;
        Timestamp? before = null;
        foreach (var gibb in Read(file))
        {
            var wait = before is { } last ? Math.Max(0, gibb.Time.MsSince(last)) / options.Bots.GibbsSpeed : 0;
            if (wait >= 1) { await Task.Delay(TimeSpan.FromMilliseconds(wait), time, stoppingToken); }
            before = gibb.Time;
            await PostAsync(market, gibb, stoppingToken);
            posted++;
        }
        logger.LogInformation("All {Count} posts of {File} were replayed", posted, file);
    }

    /// <summary>The posts of a file, one at a time.</summary>
    /// <exception cref="ConfigurationException">A line cannot be read, or there is no such file.</exception>
    public static IEnumerable<ReplayedGibb> Read(string file)
    {
        if (!File.Exists(file)) { throw new ConfigurationException($"{file}: there is no such file of posts."); }
        var number = 0;
        foreach (var line in File.ReadLines(file))
        {
            number++;
            if (!string.IsNullOrWhiteSpace(line)) { yield return Parse(line, $"{file}:{number}"); }
        }
    }

    private static ReplayedGibb Parse(string line, string place)
    {
        try
        {
            using var json = JsonDocument.Parse(line);
            var (author, text) = (Field(json, "author"), Field(json, "text"));
            if (!Timestamp.TryRead(Field(json, "time"), out var time)) { throw new ConfigurationException($"{place}: time: an ISO-8601 time is needed, e.g. 2018-03-20T18:34:56.789Z."); }
            if (!TraderKey.IsName(author)) { throw new ConfigurationException($"{place}: author: a text of 1 to 64 characters is needed."); }
            return Gibb.IsText(text) ? new ReplayedGibb(time, author, text) : throw new ConfigurationException($"{place}: text: a text of 1 to {Gibb.MaxTextLength} characters is needed.");
        }
        catch (Exception wrong) when (wrong is JsonException or InvalidOperationException)
        {
            throw new ConfigurationException($"{place}: a JSON object is needed, e.g. {{\"time\":\"2018-03-20T18:34:56.789Z\",\"author\":\"Coco\",\"text\":\"happy banana\"}}.", wrong);
        }
    }

    private static string Field(JsonDocument json, string name) => json.RootElement.TryGetProperty(name, out var field) ? field.GetString() ?? "" : "";

    private async Task PostAsync(RunningMarket market, ReplayedGibb gibb, CancellationToken cancel)
    {
        try
        {
            await market.Region.AskAsync<Gibb>(to => new PostGibb(gibb.Author, gibb.Text, "replay", to), cancel);
        }
        catch (Exception refused) when (refused is not OperationCanceledException)
        {
            logger.LogWarning("A replayed post was lost: {Reason}", refused.Message);
        }
    }
}
