namespace Market.Actors.Answers;

/// <summary>An address for an answer whose way is followed: where a command goes, over nodes too, its trace goes with it.</summary>
public interface ITraced
{
    /// <summary>Length of <see cref="TraceParent"/>, in characters.</summary>
    public const int TraceParentLength = 55;

    /// <summary>The trace and the span that what happens next belongs to, as W3C Trace Context §3.2 writes them (version 00).</summary>
    string TraceParent { get; }
}
