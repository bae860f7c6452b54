using System.Text.Json;
using Market.Actors.Answers;
using Market.Node.Config;
using Market.Node.Doors.Limits;
using Market.Node.Hosting;
using Market.Protocol.Messages;
using Market.Protocol.Values;
using Market.Protocol.Wire.Json;

namespace Market.Node.Doors.Http;

/// <summary>Gibber: posting, and the last posts.</summary>
public sealed class GibbEndpoints(MarketNode node, LimitOptions limits, AddressLimits addresses)
{
    private const int MaxRows = 1_000;

    public async Task PostAsync(HttpContext http)
    {
        if (await node.MarketAsync(http) is not { } market || !await addresses.LetPostAsync(http)) { return; }
        if (await Bodies.ReadObjectAsync(http, limits.MaxBytes) is not { } body) { return; }
        if (Refuse(body) is { } wrong)
        {
            await Problem.Malformed(wrong).SendAsync(http);
            return;
        }
        var gibb = await market.Region.AskAsync<Gibb>(to => new PostGibb(body.Text("author")!, body.Text("text")!, "api", to), http.RequestAborted);
        await http.SendJsonAsync(json => MessageWriter.Write(json, gibb), StatusCodes.Status202Accepted);
    }

    public async Task LatestAsync(HttpContext http)
    {
        if (await node.MarketAsync(http) is not { } market) { return; }
        if (await Queries.NumberAsync(http, "limit", 50, 0, MaxRows) is not { } limit) { return; }
        var gibbs = market.View.LastGibbs((int)limit);
        await http.SendJsonAsync(json =>
        {
            json.WriteStartArray();
            foreach (var gibb in gibbs) { MessageWriter.Write(json, gibb); }
            json.WriteEndArray();
        });
    }

    /// <summary>What is wrong with a post; null when nothing is.</summary>
    internal static string? Refuse(JsonElement body)
    {
        if (!TraderKey.IsName(body.Text("author"))) { return "author: a text of 1 to 64 characters is needed, without control characters."; }
        return Gibb.IsText(body.Text("text")) ? null : $"text: a text of 1 to {Gibb.MaxTextLength} characters is needed, without control characters but new lines and tabs.";
    }
}
