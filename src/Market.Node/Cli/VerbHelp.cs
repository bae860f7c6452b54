using System.CommandLine;
using System.CommandLine.Help;
using System.CommandLine.Invocation;

namespace Market.Node.Cli;

/// <summary>The usual help, and under it the verb's examples and notes.</summary>
public sealed class VerbHelp(HelpAction usual) : SynchronousCommandLineAction
{
    /// <summary>Help is given whatever else is wrong with the line.</summary>
    public override bool ClearsParseErrors => true;

    public override int Invoke(ParseResult parseResult)
    {
        usual.Invoke(parseResult);
        var output = parseResult.InvocationConfiguration.Output;
        var verb = parseResult.CommandResult.Command as Verb;
        var examples = verb?.Examples ?? FirstSteps;
        Section(output, examples.Count == 1 ? "Example:" : "Examples:", examples);
        Section(output, "Notes:", verb?.Notes ?? []);
        Section(output, "Exit codes:", ["0 done, 1 failed, 2 wrong usage, 3 refused by the market"]);
        return ExitCode.Done;
    }

    private static void Section(TextWriter output, string title, IReadOnlyList<string> lines)
    {
        if (lines.Count == 0) { return; }
        output.WriteLine(title);
        foreach (var line in lines) { output.WriteLine($"  {line}"); }
        output.WriteLine();
    }

    /// <summary>The examples of the program itself.</summary>
    private static readonly IReadOnlyList<string> FirstSteps = ["monkonomy run", "monkonomy trader join BONOBO/alice", "monkonomy board --watch"];
}
