using Market.Protocol.Messages;

namespace Market.Node.Laboratory;

/// <summary>What happened to price and volume over one or more ticks.</summary>
/// <param name="From">The first tick.</param>
/// <param name="To">The last one; prices without another word are its own.</param>
/// <param name="Low">Lowest price, in coins.</param>
/// <param name="Volume">Shares bought and sold.</param>
public readonly record struct Stretch(
    long From, long To, double Price, double Low, double High, double Base, double Hype, bool Bursting, long Volume)
{
    /// <summary>This stretch and the next as one.</summary>
    public Stretch With(in Stretch next) => next with
    {
        From = From,
        Low = Math.Min(Low, next.Low),
        High = Math.Max(High, next.High),
        Bursting = Bursting || next.Bursting,
        Volume = Volume + next.Volume,
    };
}

/// <summary>How scores were spread at one tick. Of at most ten thousand traders, evenly picked.</summary>
/// <param name="Tenth">A tenth of the traders have less.</param>
/// <param name="NineTenths">A tenth have more.</param>
public readonly record struct Spread(long Tick, long Lowest, long Tenth, long Median, long NineTenths, long Highest)
{
    /// <param name="scores">At least one; is sorted in place.</param>
    public static Spread Of(long tick, long[] scores)
    {
        Array.Sort(scores);
        long At(double part) => scores[(int)(part * (scores.Length - 1))];
        return new Spread(tick, scores[0], At(0.1), At(0.5), At(0.9), scores[^1]);
    }
}

/// <summary>
/// The course of a run, coarse enough to be drawn: of a long one, neighbouring stretches are joined whenever there are too many, so that it
/// never needs more memory than a short one.
/// </summary>
public sealed class Course
{
    /// <summary>Most stretches: more than a projector has columns for a plot.</summary>
    public const int MostStretches = 1_024;

    private readonly List<Stretch> _stretches = [];
    private readonly List<Spread> _spreads = [];
    private long _ticksOfStretch = 1;
    private Stretch? _unfinished;

    public IReadOnlyList<Stretch> Stretches => _unfinished is { } last ? [.. _stretches, last] : _stretches;

    public IReadOnlyList<Spread> Spreads => _spreads;

    /// <param name="volume">Shares bought and sold at this price.</param>
    public void Add(in PriceTick tick, long volume)
    {
        var price = tick.Price.ToDouble();
        var now = new Stretch(tick.Seq, tick.Seq, price, price, price, tick.Base, tick.Hype.ToDouble(), tick.Bursting, volume);
        var stretch = _unfinished is { } begun ? begun.With(now) : now;
        if (stretch.To - stretch.From + 1 < _ticksOfStretch)
        {
            _unfinished = stretch;
            return;
        }
        _stretches.Add(stretch);
        _unfinished = null;
        if (_stretches.Count == MostStretches) { Coarsen(); }
    }

    public void Add(in Spread spread) => _spreads.Add(spread);

    private void Coarsen()
    {
        for (var i = 0; i < MostStretches / 2; i++) { _stretches[i] = _stretches[2 * i].With(_stretches[(2 * i) + 1]); }
        _stretches.RemoveRange(MostStretches / 2, MostStretches / 2);
        _ticksOfStretch *= 2;
    }
}
