using Market.Actors.Journal;

namespace Market.Actors.Audit;

/// <summary>Something that must always hold and does not.</summary>
/// <param name="Invariant">Its number among the nine of the rules; 0 for a journal that is not sound.</param>
/// <param name="Stream">In whose journal.</param>
/// <param name="Sequence">At which event; 0 when it is of the whole.</param>
public sealed record Finding(int Invariant, StreamId Stream, long Sequence, string What);

/// <summary>What an audit found. Bounded: past a thousand findings more are only counted.</summary>
public sealed class Findings
{
    private const int MaxKept = 1_000;
    private readonly List<Finding> _kept = [];

    public IReadOnlyList<Finding> Kept => _kept;

    public long Count { get; private set; }

    /// <summary>Checks made, by invariant number: that nothing was found means little where nothing was looked at.</summary>
    public long[] Checks { get; } = new long[10];

    public void Require(bool holds, int invariant, StreamId stream, long sequence, string what)
    {
        Checks[invariant]++;
        if (!holds) { Add(new Finding(invariant, stream, sequence, what)); }
    }

    public void Add(Finding finding)
    {
        Count++;
        if (_kept.Count < MaxKept) { _kept.Add(finding); }
    }
}
