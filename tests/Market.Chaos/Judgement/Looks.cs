using System.Diagnostics;
using System.Net.Http.Json;
using System.Text.Json;
using Market.Servers;

namespace Market.Chaos.Judgement;

/// <summary>What the nodes show to anybody.</summary>
internal sealed class Looks(IReadOnlyList<Uri> doors)
{
    private static readonly HttpClient Http = new() { Timeout = TimeSpan.FromSeconds(10) };

    private static readonly TimeSpan BetweenLooks = TimeSpan.FromMilliseconds(200);

    /// <summary>Waits until every node takes part.</summary>
    /// <returns>Who does not by then, and why; null when all do.</returns>
    public async Task<string?> ReadyAsync(TimeSpan patience)
    {
        var since = Stopwatch.GetTimestamp();
        while (true)
        {
            var said = await Task.WhenAll(doors.Select(UnreadyAsync));
            if (Array.TrueForAll(said, one => one is null)) { return null; }
            if (Stopwatch.GetElapsedTime(since) > patience) { return string.Join(' ', said.Where(one => one is not null)); }
            await Pause.ForAsync(BetweenLooks);
        }
    }

    /// <summary>Waits until no investment is on its way and all nodes show the same.</summary>
    /// <returns>The boards as they are then, one for each node, and what is wrong with that; null when nothing is.</returns>
    public async Task<(JsonElement[] Boards, string? Wrong)> SettledBoardsAsync(TimeSpan patience)
    {
        var since = Stopwatch.GetTimestamp();
        while (true)
        {
            var boards = await Task.WhenAll(doors.Select(door => Http.GetFromJsonAsync<JsonElement>(new Uri(door, "api/markets/banana/board?limit=10000"))));
            var away = boards.Sum(board => board.GetProperty("traders").EnumerateArray().Sum(trader => trader.GetProperty("inFlightInvestments").GetInt64()));
            var same = boards.Select(board => board.GetProperty("traders").GetRawText()).Distinct().Count() == 1;
            if (away == 0 && same) { return (boards, null); }
            if (Stopwatch.GetElapsedTime(since) > patience) { return (boards, $"{away} investments never came home, counted over all boards{(same ? "" : ", and the nodes show different boards")}."); }
            await Pause.ForAsync(BetweenLooks);
        }
    }

    private static async Task<string?> UnreadyAsync(Uri door)
    {
        try
        {
            using var answer = await Http.GetAsync(new Uri(door, "healthz/ready"));
            return answer.IsSuccessStatusCode ? null : $"{door} is not ready: {await answer.Content.ReadAsStringAsync()}";
        }
        catch (Exception gone) when (gone is HttpRequestException or OperationCanceledException)
        {
            return $"{door} does not answer: {gone.Message}";
        }
    }
}
