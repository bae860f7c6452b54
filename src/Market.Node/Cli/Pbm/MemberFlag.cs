using System.CommandLine;
using Market.Node.Cli.Given;

namespace Market.Node.Cli.Pbm;

/// <summary>Which node of the cluster is meant: the one that is spoken to, or another that it asks.</summary>
public sealed class MemberFlag
{
    private readonly Option<string?> _member = Typed.Text("--member", "NAME", "The node of the cluster that is meant (default: the one spoken to).");

    public MemberFlag(Verb verb) => verb.Add(_member);

    public (string Key, object? Value) Of(Inspection look) => ("node", look.Value(_member));
}
