namespace Market.Node.Config.Hocon.Resolution;

/// <summary>
/// What a field turns out to be, worked out to the first level only: an object's fields and a list's elements are cells
/// that wait until somebody asks. So an object may refer to its own parts without going in a circle.
/// </summary>
internal abstract class Value
{
    /// <summary>An optional substitution that found nothing: as if it had not been written.</summary>
    public static readonly Value Undefined = new UndefinedValue();

    private sealed class UndefinedValue : Value;
}

/// <param name="text">Null for HOCON's null.</param>
/// <param name="origin">Where the text was written, which through a substitution is another line than the field's.</param>
internal sealed class TextValue(string? text, HoconOrigin origin) : Value
{
    public string? Text { get; } = text;

    public HoconOrigin Origin { get; } = origin;
}

internal sealed class ListValue(IReadOnlyList<Cell> elements, HoconOrigin origin) : Value
{
    public IReadOnlyList<Cell> Elements { get; } = elements;

    public HoconOrigin Origin { get; } = origin;
}

internal sealed class ObjectValue(OrderedDictionary<string, Cell> fields, HoconOrigin origin) : Value
{
    public OrderedDictionary<string, Cell> Fields { get; } = fields;

    public HoconOrigin Origin { get; } = origin;
}
