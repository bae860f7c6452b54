using System.CommandLine;
using Market.Node.Cli.Client;

namespace Market.Node.Cli.Pbm;

/// <summary>What a line at the prompt can go on to: verbs, their options, and actors' addresses, which are asked of the node.</summary>
/// <param name="children">The addresses right below one.</param>
public sealed class Completion(Command pbm, Func<string, Task<IReadOnlyList<string>>> children)
{
    /// <summary>Whole last words, in order; none when there is nothing to say or the node does not answer.</summary>
    public async Task<IReadOnlyList<string>> OfAsync(string line)
    {
        var start = line.LastIndexOf(' ') + 1;
        var (said, begun) = (Words.Of(line[..start]), line[start..]);
        var verb = said.Count > 0 && said[0] == "help" ? pbm : Verb(said.Where(word => !word.StartsWith('-')));
        if (begun.StartsWith('/')) { return await AddressesAsync(begun); }
        var names = begun.StartsWith('-') ? Options(verb) : verb.Subcommands.Select(below => below.Name).Concat(verb == pbm ? ["exit"] : []);
        return [.. names.Where(name => name.StartsWith(begun, StringComparison.Ordinal)).Order(StringComparer.Ordinal)];
    }

    private Command Verb(IEnumerable<string> words)
    {
        var verb = pbm;
        foreach (var word in words) { verb = verb.Subcommands.FirstOrDefault(below => below.Name == word) ?? verb; }
        return verb;
    }

    private IEnumerable<string> Options(Command verb) => verb.Options.Concat(pbm.Options.Where(option => option.Recursive)).Select(option => option.Name).Distinct();

    private async Task<IReadOnlyList<string>> AddressesAsync(string begun)
    {
        var slash = begun.LastIndexOf('/');
        try
        {
            return [.. (await children(slash == 0 ? "/" : begun[..slash])).Where(path => path.StartsWith(begun, StringComparison.Ordinal))];
        }
        catch (Exception silent) when (silent is NodeProblemException or NodeFailedException)
        {
            return [];
        }
    }
}
