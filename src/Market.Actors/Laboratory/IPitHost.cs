using Market.Actors.Journal;
using Market.Protocol.Values;

namespace Market.Actors.Laboratory;

/// <summary>
/// Gives pits their steps. Between two calls a pit knows nothing of the others, so an implementer may step them in any order and on any
/// threads, each on one at a time; what comes of it is the same. It returns when all have been stepped.
/// </summary>
public interface IPitHost
{
    void Step(IReadOnlyList<Pit> pits, Timestamp now);
}

/// <summary>Steps pits one after the other, on the caller's thread.</summary>
public sealed class OneByOne : IPitHost
{
    public void Step(IReadOnlyList<Pit> pits, Timestamp now)
    {
        foreach (var pit in pits) { pit.Step(now); }
    }
}

/// <summary>Is shown every turn of one pit, in order, by whichever thread steps the pit.</summary>
public interface IPitWitness
{
    /// <param name="turn">Its bytes are valid during the call only.</param>
    void Took(in JournaledTurn turn);
}
