using System.CommandLine;
using System.CommandLine.Parsing;

namespace Market.Node.Cli;

/// <summary>Says what is wrong with a command line, without repeating what may be a secret.</summary>
public static class UsageErrors
{
    /// <returns><see cref="ExitCode.WrongUsage"/>.</returns>
    public static int Tell(ParseResult parsed, TextWriter error)
    {
        foreach (var message in Messages(parsed).Distinct()) { error.WriteLine(Screen.VisibleText.Of(message)); }
        error.WriteLine($"See: {Line(parsed.CommandResult)} --help");
        return ExitCode.WrongUsage;
    }

    private static IEnumerable<string> Messages(ParseResult parsed)
    {
        var unknown = Unknown(parsed).ToList();
        foreach (var name in unknown)
        {
            yield return name.StartsWith('-') ? $"There is no option {name} here." : $"\"{name}\" is one word too many, or not a verb.";
        }
        if (parsed.CommandResult.Command is { Action: null } group)
        {
            yield return $"The verbs here are {string.Join(", ", group.Subcommands.Select(verb => verb.Name))}.";
            yield break;
        }
        foreach (var error in parsed.Errors)
        {
            if (!parsed.UnmatchedTokens.Any(token => error.Message.Contains($"'{token}'", StringComparison.Ordinal))) { yield return error.Message; }
        }
    }

    /// <summary>A mistyped option's value is left over too, and may be a token: only the option is named then, and nothing after its '='.</summary>
    private static IEnumerable<string> Unknown(ParseResult parsed)
    {
        var options = parsed.UnmatchedTokens.Where(token => token.StartsWith('-')).Select(token => token.Split('=', ':')[0]).ToList();
        return options.Count > 0 ? options : parsed.UnmatchedTokens;
    }

    private static string Line(CommandResult command) => command.Parent is CommandResult parent
        ? $"{Line(parent)} {command.Command.Name}"
        : "monkonomy";
}
