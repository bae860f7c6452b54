using System.CommandLine;
using Market.Protocol.Values;

namespace Market.Node.Cli.Given;

/// <summary>What every verb that speaks to a node takes.</summary>
public sealed class ClientFlags
{
    public const string DefaultNode = "http://127.0.0.1:5080";

    /// <summary>Names the node when <c>--node</c> does not.</summary>
    public const string NodeVariable = "MARKET_NODE";

    private const string NodeForm = "an http or https address with no user name in it, e.g. " + DefaultNode;

    private readonly Surroundings _around;

    /// <param name="recursive">Whether they hold for all verbs below the one they are added to.</param>
    public ClientFlags(Surroundings around, bool recursive = false)
    {
        _around = around;
        Node = Typed.Value("--node", "URL", $"The node to speak to (default: {NodeVariable} or {DefaultNode}).",
            text => Addresses.TryReadNode(text, out var node) ? node : null, NodeForm);
        Market = Typed.Market();
        Json = NewJson();
        (Node.Recursive, Market.Recursive, Json.Recursive) = (recursive, recursive, recursive);
    }

    public Option<Uri?> Node { get; }

    public Option<MarketId> Market { get; }

    public Option<bool> Json { get; }

    public void AddTo(Verb verb)
    {
        verb.Add(Node);
        verb.Add(Market);
        verb.Add(Json);
    }

    /// <exception cref="WrongUsageException">The variable holds no address.</exception>
    public Uri NodeOf(ParseResult parsed)
    {
        if (parsed.GetValue(Node) is { } given) { return given; }
        return Addresses.TryReadNode(_around.Set(NodeVariable) ?? DefaultNode, out var node)
            ? node
            : throw new WrongUsageException($"{NodeVariable} takes {NodeForm}.");
    }

    public static Option<bool> NewJson(string description = "Answer in JSON.") => new("--json") { Description = description };
}
