namespace Market.Node.Laboratory.Plot;

/// <summary>From values to places on an axis, and where its marks stand.</summary>
/// <param name="Low">The value at <paramref name="Start"/>.</param>
/// <param name="High">The value at <paramref name="End"/>; above <paramref name="Low"/>.</param>
/// <param name="Start">In units of the picture.</param>
/// <param name="End">Likewise; may be less than the start, as upwards it is.</param>
/// <param name="Every">From mark to mark.</param>
public sealed record Scale(double Low, double High, double Start, double End, double Every)
{
    /// <summary>From the first value to the last, however round they are.</summary>
    /// <param name="marks">About so many.</param>
    public static Scale From(double low, double high, double start, double end, int marks) => new(low, high, start, end, Step((high - low) / marks));

    /// <summary>Around all values, from mark to mark, with room where they are all the same.</summary>
    /// <param name="marks">At most so many steps, and one more at each end.</param>
    public static Scale Around(double low, double high, double start, double end, int marks)
    {
        if (!(high > low)) { (low, high) = (low - Math.Max(0.5, Math.Abs(low) * 0.05), low + Math.Max(0.5, Math.Abs(low) * 0.05)); }
        var step = Step((high - low) / marks);
        return new Scale(Math.Floor(low / step) * step, Math.Ceiling(high / step) * step, start, end, step);
    }

    public double At(double value) => Start + ((value - Low) / (High - Low) * (End - Start));

    /// <summary>Round values from the lowest to the highest.</summary>
    public IEnumerable<double> Marks()
    {
        var first = Math.Ceiling((Low / Every) - 1e-9) + 0.0; // −0 is written as such
        for (var i = first; i * Every <= High + (Every * 1e-9); i++) { yield return i * Every; }
    }

    /// <summary>The step between marks, of 1, 2 or 5 times a power of ten, that is not under <paramref name="least"/>.</summary>
    private static double Step(double least)
    {
        var power = Math.Pow(10, Math.Floor(Math.Log10(least)));
        foreach (var times in (ReadOnlySpan<double>)[1, 2, 5]) { if (times * power >= least * (1 - 1e-9)) { return times * power; } }
        return 10 * power;
    }
}
