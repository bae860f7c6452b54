using Market.Actors.Journal;

namespace Market.Actors.Simulation;

/// <summary>The one order of streams, wherever a history goes through several.</summary>
internal static class Streams
{
    public static IComparer<StreamId> InOrder { get; } = Comparer<StreamId>.Create((one, other) =>
        string.CompareOrdinal(one.Market.Value, other.Market.Value) is var markets && markets != 0 ? markets : one.Shard.CompareTo(other.Shard));
}
