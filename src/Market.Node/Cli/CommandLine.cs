using System.CommandLine;
using System.CommandLine.Help;
using System.CommandLine.Invocation;
using Market.Node.Cli.Verbs;

namespace Market.Node.Cli;

/// <summary>
/// <c>monkonomy</c>: everything a person can type. The verbs of a player and an organiser speak to a node as any client does
/// (HTTP and WebSocket); those of a node's owner are given by the program that composes it.
/// </summary>
public static class CommandLine
{
    /// <summary>Runs what <paramref name="args"/> ask for and says how it went; never throws for what a person may type.</summary>
    /// <param name="node">The verbs that need a node's parts.</param>
    /// <param name="around">Null for this process.</param>
    /// <param name="cancel">Ends the verb as Ctrl-C does.</param>
    /// <returns>An <see cref="ExitCode"/>.</returns>
    public static async Task<int> RunAsync(
        string[] args, NodeVerbs node, Surroundings? around = null, CancellationToken cancel = default)
    {
        around ??= Surroundings.OfProcess();
        return await RunAsync(Root(node, around), WithVerb(args), around, node.StopTimeout, cancel);
    }

    /// <summary>Runs one line of verbs that are under a root.</summary>
    /// <param name="stopTimeout">How long the verb has to end after Ctrl-C or SIGTERM; null when they are not its affair.</param>
    internal static async Task<int> RunAsync(RootCommand root, string[] args, Surroundings around, TimeSpan? stopTimeout, CancellationToken cancel)
    {
        // No response files: a gibb may begin with '@'.
        var parsed = root.Parse(args, new ParserConfiguration { ResponseFileTokenReplacer = null, EnablePosixBundling = false });
        if (parsed.Action is ParseErrorAction) { return UsageErrors.Tell(parsed, around.Error); }
        var invocation = new InvocationConfiguration { Output = around.Out, Error = around.Error, ProcessTerminationTimeout = stopTimeout };
        return await parsed.InvokeAsync(invocation, cancel);
    }

    /// <summary>All verbs under their root.</summary>
    public static RootCommand Root(NodeVerbs node, Surroundings around)
    {
        var root = new RootCommand("Monkonomy: a market of banana shares. Without a verb it runs a node; see: monkonomy run --help")
        {
            HelpName = "monkonomy",
        };
        var clients = new ClientVerbs(around);
        root.Add(RunVerb.Of(node.Run));
        root.Add(RunVerb.OfNode(node.Run));
        foreach (var verb in clients.All()) { root.Add(verb); }
        if (node.Verify is { } verify) { root.Add(VerifyVerb.Of(verify)); }
        if (node.Export is { } export) { root.Add(ExportVerb.Of(export)); }
        if (node.Simulate is { } simulate) { root.Add(SimulateVerb.Of(simulate, around)); }
        foreach (var verb in node.More) { root.Add(verb); }
        return WithHelp(root);
    }

    /// <summary>A root whose help ends with examples.</summary>
    internal static RootCommand WithHelp(RootCommand root)
    {
        foreach (var help in root.Options.OfType<HelpOption>()) { help.Action = new VerbHelp((HelpAction)help.Action!); }
        return root;
    }

    /// <summary><c>run</c> is what is meant when no verb is named: <c>monkonomy --bots 20</c>.</summary>
    private static string[] WithVerb(string[] args) =>
        args.Length == 0 || (args[0].StartsWith('-') && !AboutTheProgram.Contains(args[0])) ? [RunVerb.Name, .. args] : args;

    private static readonly HashSet<string> AboutTheProgram = ["-h", "--help", "-?", "--version"];
}
