using Market.Protocol.Values;

namespace Market.Actors.Simulation;

/// <summary>The steps of a history, drawn from its seed before it begins.</summary>
internal static class Schedule
{
    public static Step[] Draw(Climate climate)
    {
        var lots = new Lots(StableHash.Hash64("schedule", climate.Seed));
        var all = climate.Weights.Sum();
        var steps = new Step[climate.Steps];
        for (var i = 0; i < steps.Length; i++) { steps[i] = new Step(Kind(climate.Weights, lots.Next(all)), lots.Bits()); }
        return steps;
    }

    private static StepKind Kind(IReadOnlyList<int> weights, int drawn)
    {
        var kind = 0;
        while (drawn >= weights[kind]) { drawn -= weights[kind++]; }
        return (StepKind)kind;
    }
}
