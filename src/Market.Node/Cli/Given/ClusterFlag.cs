using System.CommandLine;

namespace Market.Node.Cli.Given;

/// <summary>What every verb takes that reads a journal, and could read the one that nodes share.</summary>
public static class ClusterFlag
{
    public static Option<string?> New() => Typed.Text("--cluster", "NAME", "The journal of the cluster of this name, in the database that MARKET_POSTGRES names, instead of a data folder's.");
}
