using System.Runtime.CompilerServices;

namespace Market.Actors.Audit;

/// <summary>The text of a finding, put together only when there is one: an audit makes millions of checks.</summary>
[InterpolatedStringHandler]
internal ref struct WhenBroken
{
    private DefaultInterpolatedStringHandler _text;

    public WhenBroken(int literalLength, int formattedCount, bool holds, out bool append)
    {
        append = !holds;
        _text = append ? new DefaultInterpolatedStringHandler(literalLength, formattedCount) : default;
    }

    public void AppendLiteral(string text) => _text.AppendLiteral(text);

    public void AppendFormatted<T>(T value) => _text.AppendFormatted(value);

    public void AppendFormatted(ReadOnlySpan<char> value) => _text.AppendFormatted(value);

    public string ToStringAndClear() => _text.ToStringAndClear();
}
