using System.Numerics;

namespace Market.Node.Load;

/// <summary>Counts of durations in buckets 3 % wide, 32 to each doubling, from 1 ns on. For one thread; others are added afterwards.</summary>
public sealed class LatencyHistogram
{
    private const int StepBits = 5;
    private readonly long[] _counts = new long[64 << StepBits];

    public long Count { get; private set; }

    public long MaxNs { get; private set; }

    /// <summary>A duration below zero counts as zero: two clocks may differ by a hair.</summary>
    public void Record(long ns)
    {
        _counts[Bucket(Math.Max(ns, 0))]++;
        Count++;
        MaxNs = Math.Max(MaxNs, ns);
    }

    public void Add(LatencyHistogram other)
    {
        for (var i = 0; i < _counts.Length; i++) { _counts[i] += other._counts[i]; }
        Count += other.Count;
        MaxNs = Math.Max(MaxNs, other.MaxNs);
    }

    /// <summary>The duration in ms that this share of all does not exceed; 0 when there are none.</summary>
    public double Ms(double quantile)
    {
        var left = (long)Math.Ceiling(Count * quantile);
        for (var i = 0; i < _counts.Length; i++)
        {
            left -= _counts[i];
            if (left <= 0) { return Math.Min(UpperNs(i), MaxNs) / 1e6; }
        }
        return MaxNs / 1e6;
    }

    private static int Bucket(long ns)
    {
        if (ns < 1 << StepBits) { return (int)ns; }
        var shift = BitOperations.Log2((ulong)ns) - StepBits;
        return ((shift + 1) << StepBits) + (int)((ns >> shift) & ((1 << StepBits) - 1));
    }

    private static double UpperNs(int bucket)
    {
        if (bucket < 1 << StepBits) { return bucket; }
        var shift = (bucket >> StepBits) - 1;
        return ((1L << StepBits) + (bucket & ((1 << StepBits) - 1)) + 1L) * Math.Pow(2, shift);
    }
}
