using Market.Protocol.Values;

namespace Market.Protocol.Messages;

/// <summary>What a result is about. The numbers are journaled.</summary>
public enum ResultType : byte
{
    Market = 1,
    Invest = 2,
    Feed = 3,

    /// <summary>An investment came home; not asked for.</summary>
    Return = 4,

    /// <summary>The market helped; not asked for.</summary>
    Bailout = 5,
}

/// <summary>An answer to a command, or news of a trader that nobody asked for. Sent only after what it says is durable.</summary>
public readonly record struct Result
{
    /// <summary>Of the command, or of the cause of a <see cref="ResultType.Return"/> or <see cref="ResultType.Bailout"/>.</summary>
    public required string TxnId { get; init; }

    public required ResultType Type { get; init; }

    public required Status Status { get; init; }

    /// <summary>The first answer, when <see cref="Status"/> is <see cref="Status.Duplicate"/>.</summary>
    public Status First { get; init; }

    /// <summary>The price an order was decided at; null when none was needed.</summary>
    public Coins? Price { get; init; }

    /// <summary>Coins that came home or were given; null for answers to commands.</summary>
    public Coins? Amount { get; init; }

    /// <summary>The trader after this; null when it is not known (not joined, market closed).</summary>
    public TraderState? State { get; init; }

    /// <summary>For people, when the status alone does not say it all; null for the usual text of the status.</summary>
    public string? Message { get; init; }

    /// <summary>When to come back, in ms; only with <see cref="Status.RateLimited"/>.</summary>
    public long? RetryAfterMs { get; init; }

    /// <summary>The type of the result to a command.</summary>
    public static ResultType TypeOf(CommandType command) => command switch
    {
        CommandType.Invest => ResultType.Invest,
        CommandType.Feed => ResultType.Feed,
        _ => ResultType.Market,
    };
}
