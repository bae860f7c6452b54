using System.Net;
using System.Text.Json;
using Market.Actors.Answers;
using Market.Actors.Bots;
using Market.Node.Config;
using Market.Node.Doors.Limits;
using Market.Node.Doors.Tokens;
using Market.Node.Hosting;
using Market.Node.Records;
using Market.Protocol.Values;
using Market.Protocol.Wire.Json;

namespace Market.Node.Doors.Http;

/// <summary>Joining, and looking at traders.</summary>
public sealed class TraderEndpoints(MarketNode node, TraderTokens tokens, NodeOptions options, AddressLimits limits, TraderHistory history)
{
    private const int MaxEvents = 1_000;

    /// <summary>Joining is how a trader comes to be; its token is what lets it act.</summary>
    public async Task JoinAsync(HttpContext http)
    {
        if (await node.MarketAsync(http) is not { } market || !await limits.LetJoinAsync(http)) { return; }
        if (await Bodies.ReadObjectAsync(http, options.Limits.MaxBytes) is not { } body) { return; }
        if (Refuse(http, market, body, out var trader) is { } refused)
        {
            await refused.SendAsync(http);
            return;
        }
        var joined = await market.Region.AskAsync<Joined>(to => new JoinTrader(trader, to), http.RequestAborted);
        if (joined.Taken)
        {
            await new Problem(StatusCodes.Status409Conflict, "TAKEN", null, $"{trader} is taken; choose another name. If it is yours, the organiser can give you its token again.").SendAsync(http);
            return;
        }
        http.Response.Headers.Location = $"/api/markets/{market.Id}/traders/{Uri.EscapeDataString(trader.Team)}/{Uri.EscapeDataString(trader.Name)}";
        await http.SendJsonAsync(json => WriteJoined(json, trader, tokens.Issue(market.Id, trader), joined.State), StatusCodes.Status201Created);
    }

    public async Task StateAsync(HttpContext http)
    {
        if (await FindAsync(http) is not { } found) { return; }
        await http.SendJsonAsync(json =>
        {
            json.WriteStartObject();
            json.WriteString("team", found.Trader.Team);
            json.WriteString("name", found.Trader.Name);
            MessageWriter.WriteFields(json, found.State);
            json.WriteEndObject();
        });
    }

    public async Task EventsAsync(HttpContext http)
    {
        if (await FindAsync(http) is not { } found) { return; }
        if (await Queries.NumberAsync(http, "from", 1, 0, long.MaxValue) is not { } from) { return; }
        if (await Queries.NumberAsync(http, "limit", 100, 1, MaxEvents) is not { } limit) { return; }
        if (await history.ReadAsync(found.Market, found.Trader, from, (int)limit, http.RequestAborted) is not { } events)
        {
            await new Problem(StatusCodes.Status429TooManyRequests, "BUSY", null, "Other histories are being read; come back in a second.") { RetryAfterMs = 1_000 }.SendAsync(http);
            return;
        }
        await http.SendJsonAsync(json =>
        {
            json.WriteStartArray();
            foreach (var happened in events) { happened.Write(json); }
            json.WriteEndArray();
        });
    }

    internal static void WriteJoined(Utf8JsonWriter json, TraderKey trader, string token, in TraderState state)
    {
        json.WriteStartObject();
        json.WriteString("team", trader.Team);
        json.WriteString("name", trader.Name);
        json.WriteString("token", token);
        json.WritePropertyName("state");
        MessageWriter.Write(json, state);
        json.WriteEndObject();
    }

    private async ValueTask<(RunningMarket Market, TraderKey Trader, TraderState State)?> FindAsync(HttpContext http)
    {
        if (await node.MarketAsync(http) is not { } market) { return null; }
        var trader = http.Trader();
        if (market.View.Trader(trader) is { } state) { return (market, trader, state); }
        await Problem.NotFound($"There is no trader {trader} in {market.Id}.").SendAsync(http);
        return null;
    }

    private Problem? Refuse(HttpContext http, RunningMarket market, JsonElement body, out TraderKey trader)
    {
        trader = new TraderKey(body.Text("team") ?? "", body.Text("name") ?? "");
        if (!market.Rules.Teams.Contains(trader.Team))
        {
            return Problem.Malformed($"team: one of {string.Join(", ", market.Rules.Teams)} is needed.");
        }
        if (!TraderKey.IsName(trader.Name)) { return Problem.Malformed("name: a text of 1 to 64 characters is needed, without control characters."); }
        if (trader.Name is "." or "..") { return Problem.Malformed("name: . and .. cannot stand in an address; choose another."); }
        if (HouseNames.IsReserved(trader.Name)) { return Problem.Malformed($"name: one that ends in {HouseNames.Suffix} is of the house's own bots; choose another."); }
        return MayJoin(http, body.Text("code")) ? null : new Problem(StatusCodes.Status403Forbidden, "WRONG_JOIN_CODE", null, string.IsNullOrEmpty(options.JoinCode)
            ? "Only callers on the node's own machine may join until its organiser sets a join code."
            : "code: the organiser's join code is needed.");
    }

    private bool MayJoin(HttpContext http, string? code) => string.IsNullOrEmpty(options.JoinCode)
        ? http.Connection.RemoteIpAddress is { } caller && IPAddress.IsLoopback(caller)
        : Secrets.Same(code, options.JoinCode);
}
