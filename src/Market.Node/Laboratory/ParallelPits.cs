using Market.Actors.Laboratory;
using Market.Protocol.Values;

namespace Market.Node.Laboratory;

/// <summary>Steps pits side by side on a few threads.</summary>
/// <param name="threads">Most at once; at least 1.</param>
public sealed class ParallelPits(int threads) : IPitHost
{
    private readonly ParallelOptions _options = new() { MaxDegreeOfParallelism = threads };

    public void Step(IReadOnlyList<Pit> pits, Timestamp now)
    {
        if (pits.Count == 1) { pits[0].Step(now); }
        else { Parallel.For(0, pits.Count, _options, i => pits[i].Step(now)); }
    }

    /// <summary>The host for so many threads: without any of its own for one.</summary>
    public static IPitHost For(int threads) => threads == 1 ? new OneByOne() : new ParallelPits(threads);
}
