using System.Diagnostics.CodeAnalysis;
using System.Runtime.CompilerServices;

namespace Market.Protocol.Values;

/// <summary>Something that must always hold did not. The shard stops rather than lie.</summary>
public sealed class InvariantBrokenException : Exception
{
    public InvariantBrokenException(string message) : base(message) { }

    public InvariantBrokenException() { }

    public InvariantBrokenException(string message, Exception inner) : base(message, inner) { }
}

/// <summary>Checks that stay on in release builds.</summary>
public static class Invariant
{
    /// <exception cref="InvariantBrokenException"><paramref name="holds"/> is false.</exception>
    public static void Require([DoesNotReturnIf(false)] bool holds, string message, [CallerArgumentExpression(nameof(holds))] string? what = null)
    {
        if (!holds) { Break(message, what); }
    }

    [DoesNotReturn]
    private static void Break(string message, string? what) => throw new InvariantBrokenException($"{message} ({what} does not hold)");
}
