namespace Market.Protocol.Messages;

/// <summary>
/// The one answer to a command. Numbers are never reused; when several apply, the smallest number is the answer,
/// but for <see cref="Accepted"/>, which is the answer when no other is.
/// </summary>
public enum Status : byte
{
    Accepted = 0,

    /// <summary>Not a command, or a field missing, out of range or of the wrong type.</summary>
    Malformed = 10,

    /// <summary>No or wrong token for this trader.</summary>
    Unauthorized = 11,
    UnknownMarket = 12,

    /// <summary>Before the start, paused, or after the end.</summary>
    MarketClosed = 13,

    /// <summary>The same command with the same txnId may be sent again later.</summary>
    RateLimited = 14,

    /// <summary>This txnId was answered before; the first answer is carried again.</summary>
    Duplicate = 20,

    /// <summary>This txnId was answered before, for a different command.</summary>
    TxnIdReused = 21,
    OrderTooLarge = 30,
    InsufficientCoins = 31,
    InsufficientShares = 32,
}

/// <summary>The names of statuses on every wire.</summary>
public static class StatusNames
{
    public static string Name(this Status status) => status switch
    {
        Status.Accepted => "ACCEPTED",
        Status.Malformed => "MALFORMED",
        Status.Unauthorized => "UNAUTHORIZED",
        Status.UnknownMarket => "UNKNOWN_MARKET",
        Status.MarketClosed => "MARKET_CLOSED",
        Status.RateLimited => "RATE_LIMITED",
        Status.Duplicate => "DUPLICATE",
        Status.TxnIdReused => "TXN_ID_REUSED",
        Status.OrderTooLarge => "ORDER_TOO_LARGE",
        Status.InsufficientCoins => "INSUFFICIENT_COINS",
        Status.InsufficientShares => "INSUFFICIENT_SHARES",
        _ => throw new ArgumentOutOfRangeException(nameof(status), status, "No such status."),
    };

    /// <summary>For people: what happened and what would be right. Null for an accepted command.</summary>
    public static string? Explain(this Status status) => status switch
    {
        Status.Accepted => null,
        Status.Malformed => "This is not a command; see the field named.",
        Status.Unauthorized => "The token is missing or is not this trader's; join the market to get one.",
        Status.UnknownMarket => "There is no such market; GET /api/markets lists them.",
        Status.MarketClosed => "The market is not running: commands are taken between its start and its end, and not while it is paused.",
        Status.RateLimited => "Too many commands; wait and send it again with the same txnId.",
        Status.Duplicate => "This txnId was answered before; this is that answer again, and nothing happened twice.",
        Status.TxnIdReused => "This txnId was answered before for a different command; choose a new one.",
        Status.OrderTooLarge => "An order is limited in size; send several smaller ones.",
        Status.InsufficientCoins => "Not enough coins.",
        Status.InsufficientShares => "Not enough shares.",
        _ => throw new ArgumentOutOfRangeException(nameof(status), status, "No such status."),
    };
}
