using System.CommandLine;
using System.Text.Json;
using Market.Node.Cli.Client;
using Market.Node.Cli.Given;
using Market.Node.Cli.Screen;

namespace Market.Node.Cli.Pbm;

/// <summary>Which part of a list is shown: lists are never shown whole.</summary>
public sealed class Paging
{
    public const int DefaultLimit = 20;

    private const int MaxLimit = 1_000;

    private readonly Option<long?> _limit = Typed.Whole("--limit", $"Most rows (default: {DefaultLimit}).", 1, MaxLimit);
    private readonly Option<long?> _from;

    /// <param name="from">What <c>--from</c> says; null for lists that only have a newest end.</param>
    public Paging(Verb verb, string? from = "Where the page begins; the page before says it.")
    {
        verb.Add(_limit);
        _from = Typed.Whole("--from", from ?? "", 0);
        if (from is not null) { verb.Add(_from); }
    }

    public int Limit(Inspection look) => (int)(look.Value(_limit) ?? DefaultLimit);

    /// <summary>Null when it was not said.</summary>
    public long? From(Inspection look) => look.Value(_from);

    /// <summary>A page of a list that is here whole.</summary>
    public IReadOnlyList<T> Of<T>(Inspection look, IReadOnlyList<T> all) => [.. all.Skip((int)Math.Min(From(look) ?? 0, int.MaxValue)).Take(Limit(look))];

    /// <summary>Where the next page of a list that is here whole begins; null on the last.</summary>
    public long? Next(Inspection look, int count) => (From(look) ?? 0) + Limit(look) is var next && next < count ? next : null;

    /// <summary>Says that there is more, and how to see it.</summary>
    public static void SayMore(Inspection look, long? next)
    {
        if (next is { } from) { look.Terminal.Line($"[dim]more: --from {Numbers.Whole(from)}[/]"); }
    }

    /// <summary>The same of an answer that says where the next page begins.</summary>
    public static void SayMore(Inspection look, JsonElement answer) => SayMore(look, answer.Of("next") is null ? null : answer.Number("next"));
}
