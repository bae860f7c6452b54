using System.Net.Http.Json;
using System.Text.Json;

namespace Market.Servers.Tests.Cluster;

/// <summary>What a node shows to anybody.</summary>
internal static class Looks
{
    private static readonly HttpClient Http = new();

    /// <summary>The last price, or that with a number.</summary>
    public static async Task<JsonElement> PriceAsync(Uri node, long? seq = null)
    {
        var prices = await GetAsync(node, $"api/markets/banana/prices?limit=1{(seq is null ? "" : $"&from={seq}")}");
        return prices.EnumerateArray().Single();
    }

    /// <summary>Monkeys fed by the traders on the board whose names begin like this.</summary>
    public static async Task<int> FedAsync(Uri node, string names)
    {
        var board = await GetAsync(node, "api/markets/banana/board");
        return board.GetProperty("traders").EnumerateArray()
            .Where(trader => trader.GetProperty("name").GetString()!.StartsWith(names, StringComparison.Ordinal))
            .Sum(trader => trader.GetProperty("fedMonkeys").GetInt32());
    }

    /// <summary>200 or 503, and why.</summary>
    public static async Task<(int Code, string Body)> ReadyAsync(Uri node)
    {
        using var answer = await Http.GetAsync(new Uri(node, "healthz/ready"));
        return ((int)answer.StatusCode, await answer.Content.ReadAsStringAsync());
    }

    private static Task<JsonElement> GetAsync(Uri node, string path) => Http.GetFromJsonAsync<JsonElement>(new Uri(node, path));
}
