using System.Text.Json;

namespace Market.Node.Cli.Client;

/// <summary>The messages of a node as a client reads them: what is missing is zero or null, what is unknown is passed over.</summary>
public static class Messages
{
    private static readonly JsonSerializerOptions Options = new(JsonSerializerDefaults.Web);

    /// <exception cref="NodeFailedException">The JSON is no such message.</exception>
    public static T As<T>(this JsonElement json) where T : class
    {
        try
        {
            return json.ValueKind is JsonValueKind.Object && json.Deserialize<T>(Options) is { } read ? read : throw NodeFailedException.NotANode();
        }
        catch (JsonException)
        {
            throw NodeFailedException.NotANode();
        }
    }

    /// <summary>The value of a key; null when it is missing or null.</summary>
    public static JsonElement? Of(this JsonElement json, string key) =>
        json.ValueKind is JsonValueKind.Object && json.TryGetProperty(key, out var value) && value.ValueKind is not JsonValueKind.Null ? value : null;

    /// <summary>The text of a key; null when it is missing or no text.</summary>
    public static string? Text(this JsonElement json, string key) =>
        json.Of(key) is { ValueKind: JsonValueKind.String } value ? value.GetString() : null;
}

/// <summary>A trader's state, and a row of the board when <see cref="Rank"/>, <see cref="Team"/> and <see cref="Name"/> are there.</summary>
public sealed record StateMessage
{
    public int Rank { get; init; }

    public string? Team { get; init; }

    public string? Name { get; init; }

    public DateTimeOffset? Time { get; init; }

    public decimal Coins { get; init; }

    public long Shares { get; init; }

    public long Bailouts { get; init; }

    public long FedMonkeys { get; init; }

    public long InFlightInvestments { get; init; }

    public long Score { get; init; }
}

public sealed record TeamMessage(int Rank, string? Team, long Score, long FedMonkeys, long Bailouts, long Traders);

public sealed record BoardMessage(
    string? Market, DateTimeOffset? Time, long Seq, bool Final, IReadOnlyList<TeamMessage>? Teams, IReadOnlyList<StateMessage>? Traders);

public sealed record PriceMessage(
    string? Market, long Seq, DateTimeOffset? Time, decimal Coins, decimal? Forecast, decimal? Base, decimal? Hype, bool Bursting);

public sealed record GibbMessage(DateTimeOffset? Time, string? Author, string? Text, string? Source, long Points, bool Counted, string? Reason);

public sealed record ResultMessage(
    string? TxnId, string? Type, string? Status, int Code, decimal? Price, decimal? Amount, StateMessage? State, string? Message, string? First)
{
    /// <summary>Whether the market did, now or the first time, what was asked.</summary>
    public bool IsAccepted => Status == "ACCEPTED" || (Status == "DUPLICATE" && First == "ACCEPTED");
}

public sealed record MarketMessage(string? Id, string? Status);
