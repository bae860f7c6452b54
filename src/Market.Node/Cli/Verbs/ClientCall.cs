using System.CommandLine;
using Market.Node.Cli.Client;
using Market.Node.Cli.Screen;

namespace Market.Node.Cli.Verbs;

/// <summary>One run of a verb against a node: what was typed, where to write, whom to ask.</summary>
public sealed record ClientCall(ParseResult Parsed, Surroundings Around, Terminal Terminal, NodeClient Node)
{
    public T? Value<T>(Option<T> option) => Parsed.GetValue(option);

    public T Value<T>(Argument<T> argument) => Parsed.GetRequiredValue(argument);
}
