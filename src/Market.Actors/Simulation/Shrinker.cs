namespace Market.Actors.Simulation;

/// <summary>The shortest schedule found that still breaks the same law.</summary>
/// <param name="Steps">Numbers of the steps of the seed's schedule that are left, from 0.</param>
/// <param name="Tries">Histories played to find it.</param>
public sealed record Shrunk(History History, IReadOnlyList<(int Number, Step Step)> Steps, int Tries);

/// <summary>
/// Leaves out of a schedule whatever is not needed to break the law: first whole kinds of fault, then pieces, larger ones first, until no
/// single step can be spared (delta debugging after Zeller and Hildebrandt, 2002). Bounded by a number of tries.
/// </summary>
/// <param name="play">Plays a schedule.</param>
/// <param name="law">The one that was broken.</param>
internal sealed class Shrinker(Func<IReadOnlyList<Step>, History> play, Law law)
{
    /// <summary>A few milliseconds each.</summary>
    private const int MostTries = 2_000;

    private (int Number, Step Step)[] _left = [];
    private int _tries;

    public Shrunk Shrink(IReadOnlyList<Step> steps, History first)
    {
        _left = [.. steps.Select((step, number) => (number, step)).Take(first.Played)];
        foreach (var kind in _left.Select(one => one.Step.Kind).Where(kind => kind >= StepKind.LoseRequest).Distinct().ToArray())
        {
            Spare([.. _left.Where(one => one.Step.Kind != kind)]);
        }
        SparePieces();
        return new Shrunk(play([.. _left.Select(one => one.Step)]), _left, _tries);
    }

    private void SparePieces()
    {
        var size = Math.Max(1, _left.Length / 2);
        while (_tries < MostTries)
        {
            var before = _left.Length;
            for (var start = _left.Length - size; start > -size && _tries < MostTries; start -= size) { SparePiece(Math.Max(0, start), size); }
            if (size == 1 && _left.Length == before) { return; }
            size = Math.Max(1, Math.Min(size, _left.Length) / 2);
        }
    }

    private void SparePiece(int start, int size)
    {
        if (start >= _left.Length) { return; }
        Spare([.. _left[..start], .. _left[Math.Min(start + size, _left.Length)..]]);
    }

    private void Spare((int Number, Step Step)[] fewer)
    {
        _tries++;
        if (play([.. fewer.Select(one => one.Step)]).Broken == law) { _left = fewer; }
    }
}
