using Market.Actors.Answers;
using Market.Node.Doors.Tokens;
using Market.Node.Hosting;
using Market.Protocol.Messages;

namespace Market.Node.Doors.Http;

/// <summary>The organiser's token. A type of its own, so that it is not taken for any other text, nor written by accident.</summary>
public sealed class AdminToken(string value)
{
    /// <summary>Never for an empty token: then nobody is the organiser.</summary>
    public bool Is(string? offered) => Secrets.Same(offered, value);

    /// <summary>Whether a request shows it; answers the request itself when not.</summary>
    public async ValueTask<bool> IsShownAsync(HttpContext http)
    {
        if (Is(http.BearerToken())) { return true; }
        await Problem.Of(Status.Unauthorized, "The organiser's token is needed: MARKET_ADMIN_TOKEN, or the one in the data folder.").SendAsync(http);
        return false;
    }
}

/// <summary>What only the organiser may do.</summary>
public sealed class AdminEndpoints(MarketNode node, AdminToken admin, TraderTokens tokens)
{
    private static readonly Dictionary<string, MarketAction> Moves = new(StringComparer.Ordinal)
    {
        ["start"] = MarketAction.Start,
        ["pause"] = MarketAction.Pause,
        ["resume"] = MarketAction.Resume,
        ["end"] = MarketAction.End,
    };

    /// <summary>What a market can be told, as it stands in the address.</summary>
    public static IEnumerable<string> Actions => Moves.Keys;

    /// <summary>What a market is told by a word.</summary>
    public static bool TryReadAction(string? word, out MarketAction action) => Moves.TryGetValue(word ?? "", out action);

    /// <summary>An action that does not fit the status.</summary>
    public static Problem WrongStatus(RunningMarket market, Moved moved) =>
        new(StatusCodes.Status409Conflict, "WRONG_STATUS", null, $"{market.Id} is {Frames.Name(moved.Status)}; open → running ⇄ paused → ended.");

    public async Task MoveAsync(HttpContext http)
    {
        if (!await admin.IsShownAsync(http) || await node.MarketAsync(http) is not { } market) { return; }
        if (!Moves.TryGetValue((string)http.Request.RouteValues["action"]!, out var action))
        {
            await Problem.NotFound($"A market can be told one of {string.Join(", ", Actions)}.").SendAsync(http);
            return;
        }
        var moved = await market.Region.AskAsync<Moved>(to => new MoveMarket(action, to), http.RequestAborted);
        if (!moved.Done)
        {
            await WrongStatus(market, moved).SendAsync(http);
            return;
        }
        await http.SendJsonAsync(json =>
        {
            json.WriteStartObject();
            json.WriteString("id", market.Id.Value);
            json.WriteString("status", Frames.Name(moved.Status));
            json.WriteEndObject();
        });
    }

    /// <summary>The token of a trader that lost it.</summary>
    public async Task TokenAsync(HttpContext http)
    {
        if (!await admin.IsShownAsync(http) || await node.MarketAsync(http) is not { } market) { return; }
        var trader = http.Trader();
        if (market.View.Trader(trader) is not { } state)
        {
            await Problem.NotFound($"There is no trader {trader} in {market.Id}.").SendAsync(http);
            return;
        }
        await http.SendJsonAsync(json => TraderEndpoints.WriteJoined(json, trader, tokens.Issue(market.Id, trader), state));
    }

    public async Task DeadLettersAsync(HttpContext http)
    {
        if (!await admin.IsShownAsync(http)) { return; }
        await http.SendJsonAsync(json =>
        {
            json.WriteStartObject();
            json.WriteNumber("count", node.DeadLetters.Count);
            json.WriteStartArray("latest");
            foreach (var letter in node.DeadLetters.Latest())
            {
                json.WriteStartObject();
                json.WriteString("time", letter.Time.ToString());
                json.WriteString("actor", letter.Actor);
                json.WriteString("what", letter.What);
                json.WriteString("cause", letter.Cause);
                json.WriteEndObject();
            }
            json.WriteEndArray();
            json.WriteEndObject();
        });
    }
}

