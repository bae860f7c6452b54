namespace Market.Chaos;

/// <summary>What a long day is made of.</summary>
internal sealed record DayPlan
{
    /// <summary>How long things go wrong; the beginning and the reckoning come on top, a minute or two.</summary>
    public required TimeSpan Lasts { get; init; }

    /// <summary>Between the beginnings of two faults.</summary>
    public TimeSpan Every { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>Of what goes wrong, when and where, and of what traders do.</summary>
    public required int Seed { get; init; }

    /// <summary>Of all traders together, while they are answered.</summary>
    public int OrdersPerSecond { get; init; } = 2_000;

    /// <summary>For all that servers, nodes and traders keep.</summary>
    public required string Folder { get; init; }

    /// <summary>The kinds of fault that happen; null for all but those of a network of its own.</summary>
    public IReadOnlyCollection<string>? Kinds { get; init; }

    /// <summary>The third node is alone in a network namespace of this number; null for none. Needs root.</summary>
    public int? Network { get; init; }

    /// <summary>Longest that an investment grows: the market's rule, and how long the reckoning waits for the last to come home.</summary>
    public TimeSpan LongestInvestment { get; init; } = TimeSpan.FromSeconds(60);
}
