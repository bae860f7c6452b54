using System.CommandLine;

namespace Market.Node.Cli;

/// <summary>A command of the command line whose help ends with examples.</summary>
/// <param name="name">As typed.</param>
/// <param name="description">What it does, in one sentence.</param>
/// <param name="examples">Whole command lines that work as they stand; at least one.</param>
public sealed class Verb(string name, string description, params string[] examples) : Command(name, description), IEnumerable<Symbol>
{
    public IReadOnlyList<string> Examples { get; } = examples;

    /// <summary>What else its help says, a line each: variables it reads, what is safe.</summary>
    public IReadOnlyList<string> Notes { get; init; } = [];

    /// <summary>Adds an argument or option and hands it back.</summary>
    public T With<T>(T symbol) where T : Symbol
    {
        switch (symbol)
        {
            case Argument argument: Add(argument); break;
            case Option option: Add(option); break;
            case Command command: Add(command); break;
            default: throw new ArgumentException($"A verb takes no {typeof(T).Name}.", nameof(symbol));
        }
        return symbol;
    }

    /// <summary>Its arguments, options and verbs.</summary>
    public IEnumerator<Symbol> GetEnumerator() => Children.GetEnumerator();
}
