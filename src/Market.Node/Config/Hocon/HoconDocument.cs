using Market.Node.Config.Hocon.Resolution;
using Market.Node.Config.Hocon.Syntax;

namespace Market.Node.Config.Hocon;

/// <summary>
/// A configuration in HOCON, read and resolved: includes followed, substitutions replaced, objects merged. Reading costs
/// a bounded amount of time and memory whatever the text is; what is too large or too deep is a <see cref="HoconException"/>.
/// </summary>
public sealed class HoconDocument
{
    private HoconDocument(IReadOnlyList<HoconEntry> entries) => Entries = entries;

    /// <summary>Every value, in the order in which keys are first mentioned. No key occurs twice, in whatever case.</summary>
    public IReadOnlyList<HoconEntry> Entries { get; }

    /// <summary>Reads the file at <paramref name="path"/>, of at most 1 MiB of UTF-8, and what it includes.</summary>
    /// <param name="path">Messages name the file by it.</param>
    /// <param name="environment">The value of an environment variable, null when there is none; asked where the configuration has no such key.</param>
    /// <exception cref="HoconException">A file is missing, cannot be read, or is not right.</exception>
    public static HoconDocument Load(string path, Func<string, string?> environment) =>
        Resolve(new SourceFiles().Load(path), environment);

    /// <summary>The same for a text in memory.</summary>
    /// <param name="text">At most 1 MiB when written as UTF-8.</param>
    /// <param name="fileName">Names it in messages; includes are relative to its folder.</param>
    /// <param name="environment">As for <see cref="Load"/>.</param>
    /// <exception cref="HoconException">An included file is missing or cannot be read, or the text is not right.</exception>
    public static HoconDocument Parse(string text, string fileName, Func<string, string?> environment) =>
        Resolve(new SourceFiles().Parse(text, fileName), environment);

    private static HoconDocument Resolve(ObjectNode root, Func<string, string?> environment)
    {
        var budget = new WorkBudget();
        var resolver = new Resolver(root, environment, budget);
        return new HoconDocument(new Flattener(resolver, budget).Flatten());
    }
}

/// <summary>One value of a document.</summary>
/// <param name="KeyPath">Keys as written where first mentioned, with ':' between them; the index, from 0, for an element of a list.</param>
/// <param name="Value">Text as written, of numbers and booleans too; null for null and for an empty object, "" for an empty list.</param>
/// <param name="Origin">
/// Where the text was written: for <c>a = ${b}</c> the place of b's value, for an environment variable that of the <c>${}</c>.
/// </param>
public readonly record struct HoconEntry(string KeyPath, string? Value, HoconOrigin Origin);
