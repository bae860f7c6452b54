using System.Collections.Immutable;

namespace Market.Actors.Prices;

/// <summary>The course of a burst.</summary>
public static class BurstSteps
{
    /// <summary>The ten steps of the game: eight down, two of rebound; together they leave 0.3026 of the hype.</summary>
    public static readonly ImmutableArray<double> Default = [0.95, 0.9, 0.8, 0.7, 0.7, 0.8, 0.9, 0.95, 1.2, 1.1];
}
