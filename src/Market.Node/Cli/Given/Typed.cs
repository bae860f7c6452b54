using System.CommandLine;
using System.CommandLine.Parsing;
using System.Globalization;
using Market.Protocol.Values;

namespace Market.Node.Cli.Given;

/// <summary>Options and arguments whose complaints say what would be right.</summary>
public static class Typed
{
    public const string DefaultMarket = "banana";

    private const string MarketForm = "1 to 32 characters of a-z, 0-9 and '-'";

    /// <summary>A whole number within bounds, both included; null when not given.</summary>
    public static Option<long?> Whole(string name, string description, long min, long max = long.MaxValue) => new(name)
    {
        Description = description,
        HelpName = "N",
        CustomParser = given => long.TryParse(Word(given), NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var value) && value >= min && value <= max
            ? value
            : Wrong<long?>(given, max == long.MaxValue ? $"{name} takes a whole number from {min}." : $"{name} takes a whole number from {min} to {max}."),
    };

    /// <summary>One of a few words, in any case; null when not given.</summary>
    public static Option<T?> OneOf<T>(string name, string description, IReadOnlyDictionary<string, T> words) where T : struct => new(name)
    {
        Description = description,
        HelpName = string.Join('|', words.Keys),
        CustomParser = given => words.TryGetValue(Word(given).ToLowerInvariant(), out var value)
            ? value
            : Wrong<T?>(given, $"{name} is one of {string.Join(", ", words.Keys)}."),
    };

    public static Option<string?> Text(string name, string placeholder, string description) => new(name)
    {
        Description = description,
        HelpName = placeholder,
    };

    public static Option<string?> Folder(string name, string description) => Text(name, "DIR", description);

    public static Option<string?> File(string name, string description) => Text(name, "FILE", description);

    /// <summary>A value read by <paramref name="read"/>, which says null to what it cannot read.</summary>
    public static Option<T?> Value<T>(string name, string placeholder, string description, Func<string, T?> read, string right) => new(name)
    {
        Description = description,
        HelpName = placeholder,
        CustomParser = given => read(Word(given)) is { } value ? value : Wrong<T?>(given, $"{name} takes {right}."),
    };

    /// <summary>A seed of all chance; null when not given.</summary>
    public static Option<ulong?> Seed(string description) => Value(
        "--seed", "N", description,
        text => ulong.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var read) ? read : (ulong?)null, $"a whole number from 0 to {ulong.MaxValue}");

    /// <summary>One market; <see cref="DefaultMarket"/> when not given.</summary>
    public static Option<MarketId> Market() => new("--market")
    {
        Description = "The market.",
        HelpName = "M",
        DefaultValueFactory = _ => MarketId.Of(DefaultMarket),
        CustomParser = given => ReadMarket(Word(given)) ?? Wrong<MarketId>(given, $"--market takes {MarketForm}."),
    };

    /// <summary>One market, or null for all of them.</summary>
    public static Option<MarketId?> MarketOrAll() => Value("--market", "M", "One market (default: all of them).", ReadMarket, MarketForm);

    /// <summary><c>TEAM/name</c>.</summary>
    public static Argument<TraderKey> Trader(ArgumentArity? arity = null) => new("TEAM/name")
    {
        Description = "The trader, e.g. BONOBO/alice.",
        Arity = arity ?? ArgumentArity.ExactlyOne,
        CustomParser = given => TraderKey.TryRead(Word(given), out var key)
            ? key
            : Wrong<TraderKey>(given, "A trader is written TEAM/name, e.g. BONOBO/alice; team and name have 1 to 64 characters, none of them control characters."),
    };

    private static MarketId? ReadMarket(string text) => MarketId.TryRead(text, out var id) ? id : null;

    private static string Word(SymbolResult given) => given.Tokens.Count > 0 ? given.Tokens[^1].Value : "";

    private static T? Wrong<T>(ArgumentResult given, string message)
    {
        given.AddError(message);
        return default;
    }
}
