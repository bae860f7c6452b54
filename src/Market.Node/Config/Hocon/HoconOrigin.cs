using System.Globalization;

namespace Market.Node.Config.Hocon;

/// <summary>Where something was written, for messages.</summary>
/// <param name="File">The file as it was asked for; an included one is joined to the folder of the file that includes it.</param>
/// <param name="Line">From 1; 0 when the whole file is meant.</param>
/// <param name="Column">In UTF-16 units, from 1; 0 when the whole file is meant.</param>
public readonly record struct HoconOrigin(string File, int Line, int Column)
{
    /// <summary><c>cluster.hocon:12</c>, or the file alone when the whole of it is meant.</summary>
    public override string ToString() =>
        Line == 0 ? File : string.Create(CultureInfo.InvariantCulture, $"{File}:{Line}");
}
